"""What the numeral reader and the letter reader share: small networks that read images of lines on one thread."""

from __future__ import annotations

from prongsai.reading.network.card import Card, load_model
from prongsai.reading.network.lines import LineImage, LineNetwork, SeenLine
from prongsai.reading.network.normalise import HEIGHT, normalise
from prongsai.reading.network.paths import Glyph, best_path, softmax

__all__ = ["HEIGHT", "Card", "Glyph", "LineImage", "LineNetwork", "SeenLine", "best_path", "load_model", "normalise", "softmax"]
