"""From PDF user space (points, origin bottom left, before /Rotate) to the page as a reader sees it (origin top left)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible rectangle of a page in user space, and the clockwise turn (0, 90, 180, 270 degrees) that shows it."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0
    rotation: int = 0
    """What of this turn is the page's own /Rotate."""

    @property
    def width_pt(self) -> float:
        """Width as shown."""
        return self.right - self.left if self.turn % 180 == 0 else self.top - self.bottom

    @property
    def height_pt(self) -> float:
        """Height as shown."""
        return self.top - self.bottom if self.turn % 180 == 0 else self.right - self.left

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space as (x from the left, y from the top) of the page shown."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def span(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Two opposite corners of user space as (x0, top, x1, bottom) of the page shown, sorted."""
        ax, ay = self.place(x0, y0)
        bx, by = self.place(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def shows(self, x: float, y: float) -> bool:
        """Whether a point of the page shown lies on it: what a crop box cut off does not."""
        return -1 <= x <= self.width_pt + 1 and -1 <= y <= self.height_pt + 1

    def turned(self, degrees: int) -> Frame:
        """The same rectangle shown `degrees` further clockwise: what a sheet laid sideways needs to be upright."""
        return Frame(self.left, self.bottom, self.right, self.top, (self.turn + degrees) % 360, self.rotation)

    @property
    def turned_degrees(self) -> int:
        """By how much the page is turned clockwise from how programs show it."""
        return (self.turn - self.rotation) % 360
