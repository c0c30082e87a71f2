"""Planted slips: the misprints of published reports, each recorded in the report's findings as it is made.

`misprints` holds the kinds found by hand, which a corpus draws from; `values` slips of a printed number, by request.
"""

from .misprints import SLIPS
from .planting import ALL_SLIPS, plant, plant_named
from .values import VALUE_SLIPS

__all__ = ["ALL_SLIPS", "SLIPS", "VALUE_SLIPS", "plant", "plant_named"]
