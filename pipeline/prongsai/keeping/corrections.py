"""What people said of what was read: one CSV file, to which rows are only ever added, and which a spreadsheet may have saved."""

from __future__ import annotations

import csv
import io
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from prongsai.errors import OutputError, UsageError, explained
from prongsai.export.guard import guarded, unguarded
from prongsai.language.numerals import parse_numeral, print_alike
from prongsai.options import YEARS
from prongsai.records import Asked, Box, Correction, Verdict

DEFAULT_PATH = Path("corpus/corrections.csv")
"""Relative to the folder in which the command is given."""
COLUMNS = (
    *("correction_id", "made_at", "made_by", "asked", "verdict", "sha256", "path", "page", "x0", "top", "x1", "bottom", "line", "nth"),
    *("printed", "read_as", "corrected", "reason"),
)
ENCODING = "utf-8-sig"

_PATIENCE_S = 30.0
_SAME_BOX = 0.5
"""Share of the smaller box that is covered where two answers are about one place: a reader of another version draws it otherwise."""
_ONE_BOX = 0.8
"""Share of the larger box that is covered where two boxes are one, which was but drawn again."""
_SHA256 = re.compile("[0-9a-f]{64}")
_BOX = ("x0", "top", "x1", "bottom")
_MEND = "Mend that row, or take it out"


class Corrections:
    """The rows of a file, and those in force for each document."""

    def __init__(self, rows: Iterable[Correction] = ()) -> None:
        self.rows = tuple(rows)
        """All of them, in the order in which they were added."""
        self._of: dict[str, list[Correction]] = {}
        for row in self.rows:
            self._of.setdefault(row.sha256, []).append(row)

    def of(self, sha256: str) -> tuple[Correction, ...]:
        """The answers in force for a document: the last one on each place, and none that was withdrawn."""
        in_force: dict[tuple[Asked, int | None], list[Correction]] = {}
        for row in self._of.get(sha256, ()):
            held = in_force.setdefault((row.asked, row.page), [])
            replaced = _replaced(held, row)
            held[:] = [one for one in held if one not in replaced]
            if row.verdict is not Verdict.WITHDRAW:
                held.append(row)
        kept = {one.correction_id for held in in_force.values() for one in held}
        return tuple(row for row in self._of.get(sha256, ()) if row.correction_id in kept)


def read_corrections(path: Path) -> Corrections:
    """All answers of a file, none where it is absent.

    Raises UsageError that names the line where a row cannot be understood, and where the file is no CSV in UTF-8.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Corrections()
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", str(path), "Name another file with --corrections") from error
    rows: dict[str, Correction] = {}
    for line, cells in _cells(data, path):
        row = _row(cells, f"{path}, line {line}")
        if rows.setdefault(row.correction_id, row) != row:
            raise UsageError(f"{row.correction_id!r} is the correction_id of another row", f"{path}, line {line}", _MEND)
    return Corrections(rows.values())


def load_corrections(named: str | os.PathLike[str] | None) -> Corrections:
    """The answers of the file that somebody names; where nobody does those of `DEFAULT_PATH`, where it is there.

    An empty name means none. Raises UsageError as `read_corrections` does, and where a named file is absent.
    """
    if named is not None and not os.fspath(named):
        return Corrections()
    path = DEFAULT_PATH if named is None else Path(named)
    if named is not None and not path.exists():
        raise UsageError("there is no such file", str(path), "Check the spelling of --corrections")
    return read_corrections(path)


def append(path: Path, correction: Correction) -> bool:
    """Adds an answer to a file, which is made where it is absent; False where it holds an answer with this id already.

    Several processes may do so at once; when it returns, the row is on the disk. Raises UsageError where the answer makes no
    sense or the file cannot be understood, OutputError where it cannot be written.
    """
    _check(correction, str(path))
    with explained("keep the correction", str(path)), _locked(path):
        data = path.read_bytes() if path.exists() else b""
        if any(unguarded(cells["correction_id"]) == correction.correction_id for _, cells in _cells(data, path)):
            return False
        header = _header(data, path)
        text = io.StringIO()
        writer = csv.DictWriter(text, header or COLUMNS, restval="")
        if not header:
            writer.writeheader()
        elif not data.endswith((b"\n", b"\r")):
            text.write("\r\n")
        writer.writerow(_written(correction))
        _add(path, text.getvalue().encode("utf-8" if data else ENCODING), len(data))
    return True


def _replaced(held: Sequence[Correction], row: Correction) -> Sequence[Correction]:
    """Those of the answers to the same question on the same page that a new one stands instead of."""
    if row.page is None:
        return held
    there = [one for one in held if _is_same_place(one, row)]
    # What stands there may have been read otherwise meanwhile; but one word may hold two numbers, whose box is the same.
    alike = [one for one in there if print_alike(one.printed, row.printed)]
    same = alike or [one for one in there if one.nth == row.nth and _is_same_box(one.box, row.box)]
    return same or (there if row.verdict is Verdict.WITHDRAW else [])


def _is_same_place(one: Correction, other: Correction) -> bool:
    if one.box is None or other.box is None:
        return one.box is other.box and (one.line, one.nth) == (other.line, other.nth)
    return one.box.overlap(other.box) >= _SAME_BOX


def _is_same_box(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    small, large = sorted((one.width * one.height, other.width * other.height))
    return one.overlap(other) * small >= _ONE_BOX * large


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    import filelock

    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE_S):
            yield
    except filelock.Timeout as error:
        raise OutputError("another program is writing to it", str(path), "Try again when it is done") from error


def _add(path: Path, data: bytes, size: int) -> None:
    """Writes at the end of a file that holds `size` bytes, all or nothing."""
    with path.open("ab", buffering=0) as stream:
        try:
            if stream.write(data) != len(data):
                raise OSError(f"only a part of {len(data)} bytes could be written")
            os.fsync(stream.fileno())
        except OSError:
            stream.truncate(size)
            raise


def _cells(data: bytes, path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with the number of the line where it ends; rows without a letter, which spreadsheets leave behind, are none."""
    header = _header(data, path)
    lines = csv.reader(io.StringIO(_text(data, path), newline=""), strict=True)
    try:
        next(lines, None)
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise UsageError(f"has {len(cells)} cells and not {len(header)}", f"{path}, line {lines.line_num}", _MEND)
            yield lines.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise UsageError(f"is no row of a CSV file: {error}", f"{path}, line {lines.line_num}", _MEND) from error


def _header(data: bytes, path: Path) -> Sequence[str]:
    header = [name.strip() for name in next(csv.reader(io.StringIO(_text(data, path), newline="")), [])]
    if data and (missing := [name for name in COLUMNS if name not in header]):
        what = f"lacks the columns {', '.join(missing)}"
        raise UsageError(what, f"{path}, line 1", "Save it as CSV with commas between the cells, its first line as it was")
    return header


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode(ENCODING)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError("is not UTF-8", f"{path}, line {line}", "Save it as `CSV UTF-8`") from error


def _row(cells: Mapping[str, str], where: str) -> Correction:
    def text(name: str) -> str:
        return unguarded(cells[name]).strip()

    def number(name: str) -> float | None:
        cell = cells[name].strip()
        try:
            number = float(cell) if cell else None
        except ValueError:
            number = math.nan
        if number is not None and not math.isfinite(number):
            raise UsageError(f"{name} is {cell!r}, which is no number", where, _MEND)
        return number

    def whole(name: str, least: int) -> int | None:
        # A column of whole numbers and empty cells comes back as 3.0 from some programs.
        found = number(name)
        if found is not None and (not found.is_integer() or found < least):
            raise UsageError(f"{name} is {cells[name].strip()!r}, which is no whole number of {least} or more", where, _MEND)
        return None if found is None else int(found)

    asked, verdict = text("asked").lower(), text("verdict").lower()
    for word, kind in ((asked, Asked), (verdict, Verdict)):
        if word not in tuple(kind):
            raise UsageError(f"{word!r} is no {kind.__name__.lower()}", where, f"It is one of {', '.join(kind)}. {_MEND}")
    edges = [edge for name in _BOX if (edge := number(name)) is not None]
    if len(edges) not in (0, len(_BOX)):
        raise UsageError(f"only {len(edges)} of {', '.join(_BOX)} are given", where, _MEND)
    correction = Correction(
        text("correction_id"),
        text("made_at"),
        text("made_by"),
        Asked(asked),
        Verdict(verdict),
        text("sha256").lower(),
        text("path"),
        whole("page", 1),
        Box(*edges) if edges else None,
        whole("line", 1),
        whole("nth", 0) or 0,
        text("printed"),
        text("read_as"),
        text("corrected"),
        text("reason"),
    )
    _check(correction, where)
    return correction


def _check(correction: Correction, where: str) -> None:
    if problem := _problem(correction):
        raise UsageError(problem, where, _MEND)


def _problem(correction: Correction) -> str:
    asked, corrected = correction.asked, correction.corrected.strip()
    if not correction.correction_id.strip():
        return "correction_id is empty"
    if not _SHA256.fullmatch(correction.sha256):
        return f"sha256 is {correction.sha256!r}, which is not 64 hex digits"
    if correction.page is None and asked not in (Asked.AGENCY, Asked.YEAR):
        return f"page is empty, and a {asked} stands on one"
    if correction.page is not None and correction.box is None and correction.line is None:
        return "it has a page, and neither a box nor a line on it"
    if correction.verdict is not Verdict.CORRECT:
        return ""
    if not corrected:
        return "corrected is empty, and the verdict is `correct`"
    if asked is Asked.VALUE and ((numeral := parse_numeral(corrected)) is None or numeral.value is None):
        return f"corrected is {corrected!r}, which is no number"
    if asked is Asked.YEAR and not (corrected.isdecimal() and int(corrected) in YEARS):
        return f"corrected is {corrected!r}, which is no fiscal year (Buddhist) of {YEARS[0]} to {YEARS[-1]}"
    return ""


def _written(correction: Correction) -> Mapping[str, object]:
    box = correction.box
    numbers = dict(zip(_BOX, (box.x0, box.top, box.x1, box.bottom), strict=True)) if box is not None else {}
    numbers |= {name: number for name in ("page", "line", "nth") if (number := getattr(correction, name)) is not None}
    texts = {name: guarded(str(getattr(correction, name)).strip()) for name in COLUMNS if name not in (*_BOX, "page", "line", "nth")}
    return texts | numbers
