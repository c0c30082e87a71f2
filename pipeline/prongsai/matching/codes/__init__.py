"""Question codes and indicators: printed forms decoded against the closed list of the year."""
