"""What a prepared page is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from prongsai.records import Rule

if TYPE_CHECKING:
    import numpy as np

    Pixels: TypeAlias = np.ndarray[Any, np.dtype[np.integer[Any] | np.floating[Any]]]
    """uint8, written as OpenCV's own types are. Grey: (h, w), 0 black to 255 white. A mask: (h, w), 0 or 255."""
    Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
    Numbers: TypeAlias = np.ndarray[Any, np.dtype[Any]]
    """(n,), one for each component."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of one line of text, inside one cell or one column; pixels of the prepared page, the far ends excluded."""

    x0: int
    top: int
    x1: int
    bottom: int
    row: int
    """1-based from the top; segments that stand level with one another share it."""


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """A page ready to be read: upright, level, evenly lit."""

    grey: Pixels
    """uint8 (h, w): paper about 255, ink dark, stamps faded, rules erased."""
    dpi: float
    turned_degrees: int
    """By how much the image was turned clockwise to stand upright: 0, 90, 180 or 270."""
    skew_degrees: float
    """By how much it was then turned clockwise about its middle to lie level."""
    rules: tuple[Rule, ...]
    """In points of the prepared page."""
    segments: tuple[Segment, ...]
    """In reading order."""
    stains: Flags | None
    """bool (h, w): where a stamp or pen was taken out or lies, and where something is that is no text; None where nothing."""
