"""What refutes a claim of several scores at once: a highest or lowest one, an order, a count, a bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from prongsai.auditing.intervals import Interval
from prongsai.auditing.known import Known
from prongsai.auditing.ledger import Slot
from prongsai.knowledge import Framework
from prongsai.records import Claim, ClaimKind, Relation, Scope

_HIGH = frozenset({ClaimKind.HIGHEST, ClaimKind.NEXT_HIGHEST})
_EXTREMES = frozenset({ClaimKind.HIGHEST, ClaimKind.LOWEST})
_NEXT = frozenset({ClaimKind.NEXT_HIGHEST, ClaimKind.NEXT_LOWEST})
_PARTS = frozenset({"EIT1", "EIT2"})


@dataclass(frozen=True, slots=True)
class Refuted:
    """Why a claim cannot be true."""

    subject: str
    printed: str
    expected: str
    because: tuple[str, Mapping[str, object]]
    """A message and its values."""
    slots: tuple[Slot, ...]
    """The scores that refute it."""
    is_certain: bool
    """False where it may be meant of fewer scores, among which it would hold."""
    is_likely: bool = True
    """False where it is most often meant of fewer scores: of questions of one indicator."""


class Refuter:
    """Holds claims against the scores that are known of their agency."""

    def __init__(self, claims: Sequence[Claim], known: Known) -> None:
        self.claims, self.known = claims, known

    def refute(self, one: Claim, framework: Framework) -> Refuted | None:
        """What refutes a claim, None where it may be true."""
        if one.kind in _EXTREMES:
            return self._extreme(one, framework)
        if one.kind in _NEXT:
            return self._next(one, framework)
        if one.kind is ClaimKind.ORDER:
            return self._order(one)
        if one.kind in (ClaimKind.COUNT, ClaimKind.EACH) and one.relation is not None:
            return self._each(one, framework) if one.kind is ClaimKind.EACH else self._count(one, framework)
        return None

    def _extreme(self, one: Claim, framework: Framework) -> Refuted | None:
        sign = -1 if one.kind in _HIGH else 1
        own = self._values(one, one.codes, sign)
        if not one.codes and one.value is not None:
            own = {"": Interval(sign * Fraction(one.value), sign * Fraction(one.value))}
        other = _beaten(own, self._groups(one, framework, one.within, sign))
        if other is None:
            return None
        code, beaten = other
        narrow = _narrowest(one, framework)
        is_certain = narrow == one.within or _beaten(own, self._groups(one, framework, narrow, sign)) is not None
        value = f"{one.value}" if one.value is not None else self._shown(one, beaten)
        shown = self._shown(one, code)
        if beaten:
            because = _because("claim-beaten", other=code, value=shown, subject=beaten, own=self._shown(one, beaten) or value)
        else:
            because = _because("claim-other", other=code, value=shown)
        slots = tuple(Slot(_year(one), each) for each in (code, *one.codes))
        is_likely = is_certain or one.scope is not Scope.QUESTION
        return Refuted(beaten or code, f"{one.kind} {value}", f"{one.kind} {code} {shown}", because, slots, is_certain, is_likely)

    def _next(self, one: Claim, framework: Framework) -> Refuted | None:
        """Refuted where a score that no claim names lies between the claimed one and a third."""
        sign = -1 if one.kind in _HIGH else 1
        own = self._values(one, one.codes, sign)
        named = {code for each in self.claims if (each.fiscal_year, each.scope) == (one.fiscal_year, one.scope) for code in each.codes}
        found: list[tuple[str, str]] = []
        for values in self._groups(one, framework, one.within, sign):
            between = [
                (code, beaten)
                for code, value in values.items()
                if code not in named and any(other.high < value.low for each, other in values.items() if each != code)
                for beaten, each in own.items()
                if value.high < each.low
            ]
            if not between:
                return None
            found += between
        if not found:
            return None
        code, beaten = found[0]
        value, beaten_value = self._shown(one, code), self._shown(one, beaten)
        because = _because("claim-next", other=code, value=value, subject=beaten, own=beaten_value)
        slots = (Slot(_year(one), code), Slot(_year(one), beaten))
        expected = f"{one.kind} {code} {self._shown(one, code)}"
        return Refuted(beaten, f"{one.kind} {self._shown(one, beaten)}", expected, because, slots, is_certain=False)

    def _order(self, one: Claim) -> Refuted | None:
        values = self._values(one, one.codes, 1)
        for at, code in enumerate(one.codes):
            for later in one.codes[at + 1 :]:
                if code in values and later in values and values[code].high < values[later].low:
                    shown = {each: self._shown(one, each) for each in (code, later)}
                    because = _because("claim-beaten", other=later, value=shown[later], subject=code, own=shown[code])
                    slots = (Slot(_year(one), code), Slot(_year(one), later))
                    printed, expected = f"{code} {shown[code]} > {later}", f"{later} {shown[later]} > {code}"
                    return Refuted(code, printed, expected, because, slots, is_certain=True)
        return None

    def _each(self, one: Claim, framework: Framework) -> Refuted | None:
        for group in [one.codes] if one.codes else _members(framework, one.scope, one.within)[:1]:
            for code in group:
                if self._is_so(one, code) is False:
                    because = _because("claim-other", other=code, value=self._both(one, code))
                    slots = tuple(slot for slot in self._slots(one, code) if self.known.at(slot) is not None)
                    expected = f"{code} {self._shown(one, code)}"
                    return Refuted(code, _stated(one), expected, because, slots, is_certain=bool(one.codes))
        return None

    def _count(self, one: Claim, framework: Framework) -> Refuted | None:
        """Refuted where too many are surely so, or too few can be, in each way to say which ones are counted."""
        if one.count is None:
            return None
        first: tuple[list[str], int, int] | None = None
        for group in _members(framework, one.scope, one.within):
            told = {code: self._is_so(one, code) for code in group}
            sure, possible = [code for code in group if told[code]], sum(each is not False for each in told.values())
            if len(sure) <= one.count <= possible:
                return None
            first = first or (sure, possible, len(group))
        if first is None:
            return None
        sure, possible, size = first
        expected = f"{len(sure)}" if len(sure) == possible else f"{len(sure)}-{possible}"
        because = _because("claim-count", expected=expected, size=size, names=", ".join(sure) or "-")
        slots = tuple(slot for code in sure for slot in self._slots(one, code) if self.known.at(slot) is not None)
        return Refuted(one.within or "ITA", f"{_stated(one)} {one.count}", expected, because, slots, is_certain=False)

    def _is_so(self, one: Claim, code: str) -> bool | None:
        """Whether a score stands to the bound, or to the year before, as is claimed; None where that is not sure."""
        assert one.relation is not None
        now = self.known.score(_year(one), code)
        if one.bound is not None:
            return _stands(now, one.relation, Interval(Fraction(one.bound), Fraction(one.bound)))
        if one.since is None:
            return None
        change = self.known.at(Slot(_year(one), code, True))
        told = _stands(now, one.relation, self.known.score(one.since, code))
        if change is None or not self._is_signed(one, code):
            return told
        by_change = _stands(change, one.relation, Interval(Fraction(0), Fraction(0)))
        return by_change if told is None else told if told == by_change else None

    def _is_signed(self, one: Claim, code: str) -> bool:
        return self.known.are_signed(Slot(_year(one), code, True))

    def _slots(self, one: Claim, code: str) -> Iterator[Slot]:
        yield Slot(_year(one), code)
        if one.bound is None and one.since is not None:
            yield Slot(one.since, code)
            yield Slot(_year(one), code, True)

    def _groups(self, one: Claim, framework: Framework, within: str, sign: int) -> list[Mapping[str, Interval]]:
        groups = [group for group in _members(framework, one.scope, within) if set(one.codes).issubset(group)]
        return [self._values(one, group, sign) for group in groups]

    def _values(self, one: Claim, codes: Iterable[str], sign: int) -> dict[str, Interval]:
        """What is printed of the codes, turned round where `sign` is -1, so that the lowest is meant."""
        found = ((code, self.known.at(Slot(_year(one), code))) for code in codes)
        return {code: value.times(sign) for code, value in found if value is not None}

    def _shown(self, one: Claim, code: str) -> str:
        return self.known.shown(Slot(_year(one), code))

    def _both(self, one: Claim, code: str) -> str:
        """The score, after that of the year before where a change is claimed."""
        before = self.known.shown(Slot(one.since, code)) if one.bound is None and one.since is not None else ""
        return f"{before} → {self._shown(one, code)}" if before else self._shown(one, code)


def _because(message: str, **values: object) -> tuple[str, Mapping[str, object]]:
    return message, values


def _beaten(own: Mapping[str, Interval], groups: Sequence[Mapping[str, Interval]]) -> tuple[str, str] | None:
    """The lowest of those that are surely lower than a claimed score, and that score; None where a group has no such one."""
    found = []
    for values in groups:
        lower = [
            (value.high, code, beaten)
            for code, value in values.items()
            for beaten, each in own.items()
            if code not in own and value.high < each.low
        ]
        if not lower:
            return None
        found.append(min(lower))
    return found[0][1:] if found else None


def _members(framework: Framework, scope: Scope | None, within: str) -> list[tuple[str, ...]]:
    """The codes of a level within an instrument or indicator; several ways to say which, where an instrument has parts."""
    if scope is Scope.QUESTION:
        group = within if within.startswith("ind") else within[:3]
        return [tuple(one.code for one in framework.questions if group in ("", one.instrument, one.indicator))]
    if scope is Scope.INDICATOR:
        return [tuple(one.code for one in framework.indicators if within[:3] in ("", one.instrument))]
    if scope is Scope.INSTRUMENT and not within:
        whole = tuple(one.code for one in framework.instruments)
        parts = tuple(part for one in framework.instruments for part in ([each.code for each in one.parts] or [one.code]))
        return [whole] if whole == parts else [whole, parts]
    return []


def _narrowest(one: Claim, framework: Framework) -> str:
    """The indicator or instrument that all codes of a claim belong to, in which it may be meant as well."""
    if one.scope is Scope.QUESTION:
        found = {question.indicator for code in one.codes if (question := framework.question(code)) is not None}
    else:
        found = {indicator.instrument for code in one.codes if (indicator := framework.indicator(code)) is not None}
    return found.pop() if len(found) == 1 else one.within


def _stands(score: Interval, relation: Relation, other: Interval) -> bool | None:
    """Whether a score lies above, below or at another, or at a bound; None where it may or may not, or where it is the bound
    itself, which `more than` and `less than` are often said to include."""
    tests: dict[Relation, Callable[[], bool | None]] = {
        Relation.ROSE: lambda: True if score.low > other.high else False if score.high <= other.low else None,
        Relation.FELL: lambda: True if score.high < other.low else False if score.low >= other.high else None,
        Relation.SAME: lambda: True if score == other and score.low == score.high else None if score.meets(other) else False,
        Relation.AT_LEAST: lambda: True if score.low >= other.high else False if score.high < other.low else None,
        Relation.AT_MOST: lambda: True if score.high <= other.low else False if score.low > other.high else None,
        Relation.ABOVE: lambda: True if score.low > other.high else False if score.high < other.low else None,
        Relation.BELOW: lambda: True if score.high < other.low else False if score.low > other.high else None,
    }
    return tests[relation]()


def _stated(one: Claim) -> str:
    return f"{one.relation} {one.bound}" if one.bound is not None else f"{one.relation}"


def _year(one: Claim) -> int:
    assert one.fiscal_year is not None
    return one.fiscal_year
