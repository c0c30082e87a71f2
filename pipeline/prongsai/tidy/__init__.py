"""Mentions become scores: one row for one agency, one year and one code."""

from prongsai.tidy.scores import Scorebook

__all__ = ["Scorebook"]
