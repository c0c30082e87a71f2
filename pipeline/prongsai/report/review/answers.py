"""What people answer: checked, held against what others answered meanwhile, and added to corrections.csv."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from prongsai.errors import OutputError
from prongsai.keeping.corrections import Corrections, append, read_corrections
from prongsai.language.numerals import print_alike
from prongsai.records import Asked, Correction, Verdict
from prongsai.report.review.checking import checked
from prongsai.report.review.items import Item
from prongsai.report.review.spots import Spot

_PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Given:
    """One answer to one question, as somebody sends it."""

    answer_id: str
    """A UUID that whoever asks for it made: the same one again is the same answer."""
    verdict: Verdict
    corrected: str
    reason: str
    who: str
    supersedes: frozenset[str]
    """Ids of the answers in force that it may stand instead of, those that its giver has seen; that of an answer for several
    places names all of its rows."""
    insists: bool = False
    """Whether its giver was told that the number is none of a score, and says that it is printed so."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer."""

    is_new: bool
    """Whether it was written just now; not where it had been before, and not where there was nothing to withdraw."""
    in_force: tuple[Correction, ...]
    """What now stands at the places that it is about."""


class Contradicted(Exception):
    """Somebody else has answered otherwise meanwhile; nothing was written."""

    def __init__(self, earlier: Sequence[Correction]) -> None:
        self.earlier = tuple(earlier)
        super().__init__(self.earlier)


class Answers:
    """The answers in one file, to which other processes may add at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.Lock()
        self._seen: tuple[int, ...] = ()
        self._now = Corrections()
        self._rows: dict[str, list[Correction]] = {}
        self._in_force: dict[str, tuple[Correction, ...]] = {}

    def documents(self) -> Collection[str]:
        """The hashes of the documents that answers are about."""
        self.now()
        return self._rows.keys()

    def now(self) -> Corrections:
        """All rows as they are on the disk; read again only where the file has changed. Raises UsageError where it is broken."""
        with self._turn:
            try:
                found = self.path.stat()
                state: tuple[int, ...] = (found.st_ino, found.st_size, found.st_mtime_ns)
            except FileNotFoundError:
                state = ()
            if state != self._seen or not state:
                self._now = read_corrections(self.path)
                rows: dict[str, list[Correction]] = {}
                for row in self._now.rows:
                    rows.setdefault(row.sha256, []).append(row)
                # What is in force on a document that nobody answered about meanwhile need not be found out again.
                self._in_force = {sha256: held for sha256, held in self._in_force.items() if rows.get(sha256) == self._rows.get(sha256)}
                self._rows, self._seen = rows, state
            return self._now

    def in_force(self, sha256: str) -> tuple[Correction, ...]:
        """The answers in force for a document."""
        now = self.now()
        with self._turn:
            if sha256 not in self._in_force:
                self._in_force[sha256] = now.of(sha256)
            return self._in_force[sha256]

    def at(self, sha256: str, asked: Asked, spots: Iterable[Spot]) -> tuple[Correction, ...]:
        """The answers in force to a question about these places."""
        held = self.in_force(sha256)
        found = (one for spot in spots for one in _instead_of(held, _probe(sha256, asked, spot)))
        return tuple(dict.fromkeys(found))

    def give(self, item: Item, given: Given, framework_codes: Sequence[str]) -> Outcome:
        """Adds an answer: a row for each place that it is about.

        `framework_codes` are the canonical codes of the year. Raises Refused where it makes no sense, Contradicted where an answer
        in force that it does not supersede says otherwise, UsageError and OutputError where the file is broken or cannot be written.
        """
        corrected = checked(item, given.verdict, given.corrected, framework_codes, insists=given.insists)
        made_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        new = [
            replace(
                _probe(item.sha256, item.asked, spot),
                correction_id=_id(given.answer_id, nth),
                made_at=made_at,
                made_by=given.who,
                verdict=given.verdict,
                path=item.path,
                read_as=spot.read_as,
                corrected=corrected,
                reason=given.reason,
            )
            for nth, spot in enumerate(item.spots)
        ]
        seen = {_id(one, nth) for one in given.supersedes for nth in range(len(new))}
        with _alone(self.path):
            known = {row.correction_id for row in self.now().rows}
            # What is repeated after its answer got lost may have been superseded since, which is no contradiction.
            left = [row for row in new if row.correction_id not in known]
            held = self.in_force(item.sha256)
            earlier = [one for row in left for one in _instead_of(held, row)]
            if against := [one for one in earlier if not _agree(one, new[0]) and one.correction_id not in seen]:
                raise Contradicted(against)
            if given.verdict is Verdict.WITHDRAW:
                left = [row for row in left if _instead_of(held, row)]
            for row in left:
                append(self.path, row)
        return Outcome(bool(left), self.at(item.sha256, item.asked, item.spots))


def _probe(sha256: str, asked: Asked, spot: Spot) -> Correction:
    """An answer about a place that says nothing yet."""
    place = (spot.page, spot.box, spot.line, spot.nth, spot.printed)
    return Correction("?", "", "", asked, Verdict.CONFIRM, sha256, "", *place, "", "", "")


def _instead_of(held: Sequence[Correction], new: Correction) -> Sequence[Correction]:
    """Which answers in force a new one would stand instead of, as corrections.csv has it."""
    near = [one for one in held if (one.asked, one.page) == (new.asked, new.page) and _is_near(one, new)]
    if not near:
        return ()
    left = set(Corrections([*near, new]).of(new.sha256))
    return [one for one in near if one not in left]


def _is_near(one: Correction, other: Correction) -> bool:
    """Whether they may be about one place: a page has many answers, and few of them come into question."""
    if one.box is None or other.box is None:
        return one.line == other.line
    return one.box.overlap(other.box) > 0


def _agree(one: Correction, other: Correction) -> bool:
    return one.verdict is other.verdict and print_alike(one.corrected, other.corrected)


def _id(answer_id: str, nth: int) -> str:
    """The row of a further place has an id of its own, the same whenever the answer is sent."""
    return answer_id if not nth else str(uuid.uuid5(uuid.NAMESPACE_OID, f"{answer_id} {nth}"))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Between looking whether others answered otherwise and adding a row, no other server of this file does so."""
    import filelock

    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(path.with_name(f".{path.name}.review.lock"), timeout=_PATIENCE_S):
            yield
    except filelock.Timeout as error:
        raise OutputError("another review is writing to it", str(path), "Try again when it is done") from error


def as_told(one: Correction) -> Mapping[str, object]:
    """An answer as pages show it."""
    return {
        "id": one.correction_id,
        "asked": one.asked,
        "verdict": one.verdict,
        "corrected": one.corrected,
        "read_as": one.read_as,
        "who": one.made_by,
        "when": one.made_at,
        "reason": one.reason,
    }
