"""What a printed score surely lies between, for rules that compare scores with each other and with bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from prongsai.auditing.fault import are_sure
from prongsai.auditing.intervals import ANY_SCORE, Interval
from prongsai.auditing.ledger import FULL_MARKS, USUAL_PLACES, Print, Slot

if TYPE_CHECKING:
    from prongsai.auditing.verdicts import Verdict


class Known:
    """The printed scores and differences of an agency; one that a verdict doubts is everything that it may be."""

    def __init__(self, prints: Mapping[Slot, Sequence[Print]], verdicts: Iterable[Verdict] = ()) -> None:
        self._prints = prints
        self._mended: dict[Slot, Fraction | None] = {}
        for one in verdicts:
            self._mended[one.slot] = Fraction(one.expected) if one.is_clear and one.expected is not None else None

    def at(self, slot: Slot) -> Interval | None:
        """What the slot's prints stand for, and what would mend them; None where nothing is printed."""
        prints = self._prints.get(slot)
        if not prints:
            return None
        spans = [_span(one) for one in prints]
        if (mended := self._mended.get(slot)) is not None:
            spans.append(Interval(mended, mended))
        return Interval(min(one.low for one in spans), max(one.high for one in spans))

    def score(self, year: int, code: str) -> Interval:
        """As `at`, for a score; any score where none is printed."""
        return self.at(Slot(year, code)) or ANY_SCORE

    def shown(self, slot: Slot) -> str:
        """The slot's prints, as many as there are."""
        return " / ".join(dict.fromkeys(one.shown for one in self._prints.get(slot, ())))

    def are_signed(self, slot: Slot) -> bool:
        """Whether all the slot's prints say which way a difference goes."""
        return all(one.has_sign for one in self._prints.get(slot, ()))

    def ids(self, slots: Iterable[Slot]) -> tuple[str, ...]:
        """The mentions of the slots."""
        return tuple(dict.fromkeys(one for slot in slots for each in self._prints.get(slot, ()) for one in each.ids))

    def are_sure(self, slots: Iterable[Slot]) -> bool:
        """Whether all the slots' prints are surely read, and none of them is said to be wrong."""
        every = set(slots)
        return not every.intersection(self._mended) and are_sure({one for slot in every for one in self._prints.get(slot, ())})


def _span(one: Print) -> Interval:
    """Scores are compared as they are printed; with fewer decimals than usual, they stand for what rounds to them."""
    if one.scale == FULL_MARKS and (one.decimals >= USUAL_PLACES or one.value in (0, FULL_MARKS)):
        return Interval(one.value, one.value)
    half = one.half_unit(one.decimals)
    return Interval(one.value - half, one.value + half)
