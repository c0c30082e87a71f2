"""What a run would take: pages counted, a sample drawn and really read."""
