"""What is printed of several scores at once: the lowest, the second, how many fell, that each is above a bound, grades' bounds."""
