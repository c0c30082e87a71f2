"""Words become tables and paragraphs in reading order, joined across pages."""

from prongsai.layout.flow import lay_out
from prongsai.layout.model import Dropped, Join, Layout

__all__ = ["Dropped", "Join", "Layout", "lay_out"]
