"""Mentions become scores: one row for one agency, one year and one code."""

from prongsai.tidy.scores import Scorebook, tidy

__all__ = ["Scorebook", "tidy"]
