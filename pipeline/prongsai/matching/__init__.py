"""Printed becomes canonical, with the evidence kept: codes, indicators, years, agencies."""

from prongsai.matching.agencies.told import with_agency
from prongsai.matching.match import Matched, match

__all__ = ["Matched", "match", "with_agency"]
