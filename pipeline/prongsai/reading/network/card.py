"""A reader's model and the card that lies beside it: which file it is, what it reads, how sure its word is."""

from __future__ import annotations

import hashlib
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prongsai.errors import ToolMissing
from prongsai.reading.network.normalise import HEIGHT

_CARD = "card.toml"
_AGAIN = "Install the program again; in a checkout, see that the model's files are there as they were committed"


@dataclass(frozen=True, slots=True)
class Card:
    """What the card says of the model."""

    name: str
    version: str
    sha256: str
    alphabet: tuple[str, ...]
    """The classes in the order of the model's outputs, the first of them the blank."""
    stride: int
    """Pixels of a normalised line to one frame of the output."""
    temperature: float = 1.0
    points: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))
    """(claimed, true) probabilities, rising; between two of them a straight line."""

    @property
    def label(self) -> str:
        """Name, version and hash of the model, for the column `reader_version`."""
        return f"{self.name} {self.version} sha256:{self.sha256}"

    def calibrate(self, claimed: float) -> float:
        """How often a reading that the model claims with this probability is right."""
        at = min(max(bisect_right([x for x, _ in self.points], claimed), 1), len(self.points) - 1)
        (x0, y0), (x1, y1) = self.points[at - 1], self.points[at]
        share = (claimed - x0) / (x1 - x0) if x1 > x0 else 0.0
        return y0 + (y1 - y0) * min(max(share, 0.0), 1.0)


def load_model(folder: Path, name: str, alphabet: tuple[str, ...]) -> tuple[Card, bytes]:
    """The card and the bytes of the model `name` in a folder, checked against each other and against the classes asked for.

    Raises ToolMissing where a file is missing or is not the one that the card describes.
    """
    what = f"the model of the reader of {name}"
    try:
        content = tomllib.loads((folder / _CARD).read_text("utf-8"))
        model = (folder / f"{name}.onnx").read_bytes()
    except FileNotFoundError as error:
        raise ToolMissing(f"{what} is missing", str(error.filename), _AGAIN) from error
    except tomllib.TOMLDecodeError as error:
        raise ToolMissing(f"the card of {what} cannot be read: {error}", str(folder / _CARD), _AGAIN) from error
    card = _card(content, what, folder / _CARD)
    if card.alphabet != alphabet or card.name != name:
        raise ToolMissing(f"{what} reads other lines or glyphs than this program asks for", str(folder / _CARD), _AGAIN)
    found = hashlib.sha256(model).hexdigest()
    if found != card.sha256:
        is_other = f"{what} is not the one its card describes: its SHA-256 is {found}, not {card.sha256}"
        raise ToolMissing(is_other, str(folder / f"{name}.onnx"), _AGAIN)
    return card, model


def _card(content: Mapping[str, Any], what: str, where: Path) -> Card:
    try:
        calibration = content.get("calibration", {})
        card = Card(
            name=str(content["name"]),
            version=str(content["version"]),
            sha256=str(content["sha256"]),
            alphabet=tuple(map(str, content["alphabet"])),
            stride=int(content["stride"]),
            temperature=float(calibration.get("temperature", 1.0)),
            points=_points(calibration.get("points", [])),
        )
        is_ours = int(content["height"]) == HEIGHT
    except (KeyError, TypeError, ValueError) as error:
        raise ToolMissing(f"the card of {what} lacks an entry or has a wrong one: {error}", str(where), _AGAIN) from error
    if not is_ours or card.temperature <= 0 or card.stride < 1:
        raise ToolMissing(f"{what} reads other lines or glyphs than this program asks for", str(where), _AGAIN)
    return card


def _points(given: Sequence[Sequence[float]]) -> tuple[tuple[float, float], ...]:
    """The card's points with the ends of the scale, each given no less than the one before."""
    points = [(float(x), float(y)) for x, y in given]
    if points != sorted(points) or any(not (0 <= x <= 1 and 0 <= y <= 1) for x, y in points):
        raise ValueError("calibration.points must rise from 0 to 1")
    inner = [point for point in points if 0 < point[0] < 1]
    ends = dict(points)
    return ((0.0, ends.get(0.0, 0.0)), *inner, (1.0, ends.get(1.0, points[-1][1] if points else 1.0)))
