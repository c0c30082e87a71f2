"""What a knot comes to: which printed number is wrong, what it should be, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from prongsai.auditing.equations import Check, check
from prongsai.auditing.exchanges import Change
from prongsai.auditing.intervals import round_to
from prongsai.auditing.ledger import Ledger, Print, Reading, Slot, is_torn
from prongsai.auditing.repair import Knot


@dataclass(frozen=True, slots=True)
class Verdict:
    """A slot that contradicts others, or itself."""

    slot: Slot
    prints: tuple[Print, ...]
    """What is wrong, or, where that is not clear, what does not fit."""
    expected: Decimal | None
    """What it should be: by the clear mending, else by its own equation; None where its prints just differ."""
    slips: tuple[str, ...]
    """How each of `prints` came to be, where that is clear."""
    is_clear: bool
    alternatives: tuple[str, ...]
    """Where it is not clear, each mending as text: `OIT 2567 = 89.17`."""
    because: tuple[Check, ...]
    """The failed checks that involve the slot."""

    mended: Mapping[Slot, Decimal]
    """What the clear mending makes of other slots."""
    is_contested: bool = False
    """Whether another print of the slot stands."""
    probability: float = 0.0
    """Of the clear mending among all that are known."""

    @property
    def kind(self) -> str:
        """The rule that it falls under: `conflict` where other prints of the slot say otherwise, else `difference` or `total`."""
        if not self.because or self.is_contested:
            return "conflict"
        return "difference" if self.slot.is_difference else "total"

    @property
    def mention_ids(self) -> tuple[str, ...]:
        own = [one for print_ in self.prints for one in print_.ids]
        return tuple(dict.fromkeys([*own, *(one for one_check in self.because for one in one_check.mention_ids)]))


def verdicts(knots: Iterable[Knot], ledger: Ledger) -> Iterator[Verdict]:
    """One for each slot that a clear mending changes; of a knot without one, one for each failed check and each torn slot."""
    for knot in knots:
        clear = _in_all(knot)
        cleared = {change.slot: change.value for change in clear}
        for change in clear:
            yield _clear(change, knot, ledger, cleared)
        if len(knot.mendings) == 1:
            continue
        alternatives = tuple(
            " + ".join(f"{change.slot} = {change.text}" for change in mending.changes if change.slot not in cleared)
            for mending in knot.mendings
        )
        told = set(cleared)
        chosen = _chosen(ledger, cleared)
        for failed in knot.failed:
            again = check(failed.equation, ledger, chosen)
            if again is not None and not (again.holds and again.reading is not (Reading.TRUNCATED if failed.is_cut else None)):
                told.add(failed.equation.subject)
                yield _open(failed, again, alternatives, ledger, cleared)
        for slot in sorted(knot.slots - told):
            if is_torn(prints := ledger.prints[slot]):
                yield Verdict(slot, prints, None, (), False, tuple(dict.fromkeys(alternatives)), (), cleared, is_contested=True)


def _in_all(knot: Knot) -> list[Change]:
    """The changes that every mending makes."""
    if not knot.mendings:
        return []
    others = [{(change.slot, change.value) for change in mending.changes} for mending in knot.mendings[1:]]
    return [change for change in knot.mendings[0].changes if all((change.slot, change.value) in those for those in others)]


def _clear(change: Change, knot: Knot, ledger: Ledger, cleared: Mapping[Slot, Decimal]) -> Verdict:
    """The verdict on a change; the check that says most of it stands first."""
    wrong = tuple(one for one, _ in change.slips)
    chosen = _chosen(ledger, {**cleared, change.slot: change.value})

    def tells_little(one: Check) -> tuple[bool, bool]:
        again = check(one.equation, ledger, chosen)
        return again is None or not again.holds, one.equation.subject != change.slot

    because = sorted((one for one in knot.failed if change.slot in one.equation.slots), key=tells_little)
    is_contested = len(wrong) < len(ledger.prints[change.slot])
    slips = tuple(slip for _, slip in change.slips)
    others = {slot: value for slot, value in cleared.items() if slot != change.slot}
    alternatives = (f"{change.slot} = {change.range}",) if change.range else ()
    sure = sum(mending.share for mending in knot.mendings)
    return Verdict(change.slot, wrong, change.value, slips, not change.range, alternatives, tuple(because), others, is_contested, sure)


def _chosen(ledger: Ledger, values: Mapping[Slot, Decimal]) -> dict[Slot, Print]:
    """Prints as they would be if they were mended."""
    return {slot: replace(ledger.prints[slot][0], value=Fraction(value), decimals=ledger.places) for slot, value in values.items()}


def _open(failed: Check, again: Check, alternatives: tuple[str, ...], ledger: Ledger, cleared: Mapping[Slot, Decimal]) -> Verdict:
    """The verdict on a check that fails as printed, and `again` with what is clear mended."""
    expected = None if again.missing else round_to(again.middle, ledger.places)
    others = {slot: value for slot, value in cleared.items() if slot != failed.equation.subject}
    return Verdict(failed.equation.subject, (failed.subject,), expected, (), False, tuple(dict.fromkeys(alternatives)), (failed,), others)
