"""A page image of any kind becomes a level, evenly lit page: its rules found and erased, its lines of text cut out."""

from prongsai.reading.imaging.model import PreparedPage, Segment
from prongsai.reading.imaging.prepare import prepare

__all__ = ["PreparedPage", "Segment", "prepare"]
