"""Printed becomes canonical, with the evidence kept: codes, indicators, years, agencies."""

from prongsai.matching.match import Matched, match

__all__ = ["Matched", "match"]
