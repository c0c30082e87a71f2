"""What a person sees in a terminal: progress, the summary of a run, the doctor's report, and the Thai lines of each."""
