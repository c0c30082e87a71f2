"""Pictures of pages, drawn from the documents in child processes like those that read them, and kept: each is drawn once."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from prongsai.dealing import reason_of
from prongsai.engines import Call, Steps, in_order, start_engine
from prongsai.engines.child import show_life
from prongsai.errors import InputLost, InputRejected, PageFailed, Unreachable, UsageError, explained
from prongsai.keeping.versions import versions_here
from prongsai.reading.given import text_lines
from prongsai.reading.picture import View, draw_page
from prongsai.records import EngineOptions, Kind, Source
from prongsai.records.codec import decode, encode
from prongsai.storage import at_hand, is_remote, write_whole
from prongsai.storage.fetching import is_same

_PAGES_IN_A_CALL = 4
_CALLS_AT_ONCE = 8
"""Of one document: its pictures wait in memory until all these are drawn."""
_MOVED = "it is not where it was when it was read"
LIST = "drawn.json"
"""Beside the pictures of a document: how each was drawn, so that one that would come out otherwise now is drawn anew."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What there is to look at of one document."""

    doc_id: str
    path: str
    pages: tuple[int, ...] = ()
    """Those that have a picture, drawn now or earlier."""
    lines: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Of given text: the lines of each page, numbered from 1 as `line` is."""
    failures: Mapping[int, str] = field(default_factory=dict)
    """Why the others have none."""

    @property
    def why(self) -> str:
        """Why pages have none, of the first of them; empty where all have."""
        return next(iter(self.failures.values()), "")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What drawing one page gave."""

    page: int
    picture: bytes = b""
    lines: tuple[str, ...] = ()
    failure: str = ""


class Places:
    """Where documents may lie by now: where they were when they were read, or in folders that the user names."""

    def __init__(self, folders: Sequence[str] = ()) -> None:
        """Raises UsageError where one of the folders is none of this machine."""
        self._folders = [Path(folder) for folder in folders]
        for folder in self._folders:
            if not folder.is_dir():
                raise UsageError("there is no such folder", f"--inputs {folder}", "Check its spelling")

    def of(self, source: Source) -> tuple[str, ...]:
        """Files that may have its bytes, the likeliest first: those it was read from, the same paths in the folders, then files of
        its name anywhere below them, then addresses elsewhere."""
        named = (source.path, *source.aliases)
        local = [path for path in named if not is_remote(path)]
        likely = [*map(Path, local), *(folder / path for folder in self._folders for path in local)]
        likely += (path for name in named for path in self._by_name.get(PurePosixPath(name).name, ()))
        return tuple(dict.fromkeys([*(path.as_posix() for path in likely if path.is_file()), *filter(is_remote, named)]))

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Path]]:
        found = defaultdict(list)
        for folder in self._folders:
            for at, _, names in os.walk(folder):
                for name in sorted(names):
                    found[name].append(Path(at) / name)
        return found


def find_source(source: Source, places: Sequence[str]) -> Source:
    """The first of the places that holds its bytes, as a source to be opened. Raises InputLost where none does."""
    reason = _MOVED
    for place in places:
        try:
            if not is_remote(place):
                if is_same(Path(place), source.sha256):
                    return replace(source, path=place, size_bytes=Path(place).stat().st_size)
                reason = f"{place} has changed since it was read"
                continue
            there = replace(source, path=place)
            with at_hand(there, on_wait=show_life):
                return there
        except OSError as error:
            reason = f"{place} cannot be read ({error.strerror or error})"
        except (InputRejected, Unreachable, UsageError) as error:
            reason = f"{place}: {error.what}"
    raise InputLost(reason, source.path, "Name the folder where it lies now with --inputs")


def draw_sheets(source: Source, places: Sequence[str], pages: Sequence[View], width_px: int) -> bytes:
    """Some pages of a document, made in a child process: pictures, or the lines of given text, or why there is neither."""
    sheets = []
    try:
        with at_hand(find_source(source, places), on_wait=show_life) as here:
            for page in pages:
                show_life()
                try:
                    if source.kind is Kind.TEXT:
                        sheets.append(_Sheet(page.page, lines=text_lines(here, page.page)))
                    else:
                        sheets.append(_Sheet(page.page, draw_page(here, page, width_px)))
                except (PageFailed, InputRejected) as error:
                    sheets.append(_Sheet(page.page, failure=error.what))
    except (InputLost, Unreachable) as error:
        return encode([_Sheet(page.page, failure=error.what) for page in pages])
    return encode(sheets)


def draw_pictures(
    wanted: Iterable[tuple[Source, Sequence[View]]], folder: Path, places: Places, *, engine: EngineOptions, width_px: int
) -> Iterator[Drawn]:
    """Draws pages as `folder/DOC_ID/PAGE.webp`, but for those that are there already, and says of each document, in their order,
    what there is to look at.

    Whatever happens to a document or a page, the others go on. Raises OutputError where the folder cannot be written, UsageError
    and EngineLost.
    """
    with start_engine(engine, versions_here) as started:
        yield from in_order((_draw(source, pages, folder, places, width_px) for source, pages in wanted), started)


def _draw(source: Source, pages: Sequence[View], folder: Path, places: Places, width_px: int) -> Steps[Drawn]:
    album = _Album(folder / source.doc_id, width_px)
    there = {page.page for page in pages if album.has(page)}
    missing = [page for page in pages if page.page not in there]
    where = places.of(source) if missing else ()
    if missing and not where:
        return Drawn(source.doc_id, source.path, tuple(sorted(there)), failures={page.page: _MOVED for page in missing})
    lines, failures = {}, {}
    calls = [tuple(missing[first : first + _PAGES_IN_A_CALL]) for first in range(0, len(missing), _PAGES_IN_A_CALL)]
    while calls:
        now, calls = calls[:_CALLS_AT_ONCE], calls[_CALLS_AT_ONCE:]
        futures = yield [Call(draw_sheets, (source, where, some, width_px)) for some in now]
        for some, future in zip(now, futures, strict=True):
            reason = reason_of(future)
            if reason and len(some) > 1:
                # Whose fault it was shows when each is drawn by itself.
                calls += ((page,) for page in some)
            elif reason:
                failures[some[0].page] = reason
            else:
                for page, sheet in zip(some, decode(future.result(), tuple[_Sheet, ...]), strict=True):
                    if sheet.picture:
                        album.put(page, sheet.picture)
                        there.add(page.page)
                    elif sheet.failure:
                        failures[page.page] = sheet.failure
                    else:
                        lines[page.page] = sheet.lines
        album.note()
    return Drawn(source.doc_id, source.path, tuple(sorted(there)), lines, dict(sorted(failures.items())))


class _Album:
    """The pictures of a document, and how each was drawn."""

    def __init__(self, folder: Path, width_px: int) -> None:
        self._folder, self._width_px = folder, width_px
        self._drawn: dict[str, list[float]] = {}
        # Where there is none yet, or it is broken, all are drawn.
        with suppress(OSError, ValueError, TypeError):
            self._drawn = dict(json.loads((folder / LIST).read_bytes()))
        self._is_changed = False

    def has(self, page: View) -> bool:
        """Whether the picture is there and would come out the same now."""
        return self._drawn.get(str(page.page)) == self._way(page) and (self._folder / f"{page.page}.webp").is_file()

    def put(self, page: View, picture: bytes) -> None:
        """Keeps a picture, whole or not at all. Raises OutputError."""
        self._write(f"{page.page}.webp", picture)
        self._drawn[str(page.page)] = self._way(page)
        self._is_changed = True

    def note(self) -> None:
        """Notes how pictures were drawn that were put. Raises OutputError."""
        if self._is_changed:
            self._write(LIST, json.dumps(self._drawn, sort_keys=True).encode())
            self._is_changed = False

    def _way(self, page: View) -> list[float]:
        return [self._width_px, page.turned_degrees, page.straightened_degrees]

    def _write(self, name: str, content: bytes) -> None:
        with explained("keep page pictures", str(self._folder)):
            write_whole(self._folder / name, content)
