"""What comes out of the letter reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, mark, digit or sign, or a space; where about it stands, in pixels of the line image from its left edge."""

    text: str
    middle: float
    probability: float
    """0–1 as the network claims it."""
    rival: str = ""
    """The likeliest other letter in its place."""
    rival_probability: float = 0.0
