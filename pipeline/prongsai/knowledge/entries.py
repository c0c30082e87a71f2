"""A table of a pattern file that knows where it stands: wrong keys and wrong types become a `KnowledgeError`."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from prongsai.errors import KnowledgeError
from prongsai.knowledge.types import Certainty

SAYS_SURE = frozenset({"status", "source"})
"""Keys that every entry may carry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One table, the place of which (`frameworks/2568.toml: indicators ind1`) goes into every complaint."""

    table: Mapping[str, Any]
    where: str

    def fail(self, what: str, next_step: str = "") -> KnowledgeError:
        """The error to raise about this entry."""
        return KnowledgeError(what, self.where, next_step)

    def named(self, name: str) -> Entry:
        """The same table under a longer name."""
        return replace(self, where=f"{self.where} {name}")

    def check(self, required: frozenset[str], optional: frozenset[str] = frozenset()) -> Entry:
        """This entry, once its keys are those that may stand in it and none is missing."""
        if unknown := sorted(self.table.keys() - required - optional):
            known = ", ".join(sorted(required | optional))
            raise self.fail(f"unknown key {', '.join(unknown)}", f"Known keys are: {known}")
        if missing := sorted(required - self.table.keys()):
            raise self.fail(f"missing key {', '.join(missing)}", "Add it; an empty text is allowed where nothing is known")
        return self

    def text(self, key: str, default: str = "") -> str:
        value = self.table.get(key, default)
        if not isinstance(value, str):
            raise self.fail(f"{key} is not a text")
        return value

    def name(self, key: str) -> str:
        """A text that may not be empty."""
        if not (value := self.text(key)).strip():
            raise self.fail(f"{key} is empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """An array of texts; none empty, none twice."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.fail(f"{key} is not an array of texts that say something")
        if twice := sorted({item for item in value if value.count(item) > 1}):
            raise self.fail(f"{key} says {twice[0]!r} twice", "Remove one")
        return tuple(value)

    def number(self, key: str) -> Decimal:
        value = self.table.get(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.fail(f"{key} is not a number")
        return Decimal(value)

    def integer(self, key: str) -> int:
        value = self.table.get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fail(f"{key} is not a whole number")
        return value

    def entries(self, key: str, label: str = "code") -> tuple[Entry, ...]:
        """An array of tables, each named by its own `label`."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fail(f"{key} is not an array of tables")
        return tuple(Entry(item, f"{self.where}: {key} {item.get(label, number)}") for number, item in enumerate(value, 1))

    def entry(self, key: str) -> Entry:
        """A table inside this one; empty where it is not there."""
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(f"{key} is not a table")
        return Entry(value, f"{self.where}: {key}")

    def sureness(self, outer: tuple[Certainty, str] = (Certainty.UNVERIFIED, "")) -> tuple[Certainty, str]:
        """(status, source), each from the entry or else from its file; what is verified names its source."""
        status, source = outer
        if "status" in self.table:
            try:
                status = Certainty(self.text("status"))
            except ValueError:
                raise self.fail(f"status {self.text('status')!r} is none of {', '.join(Certainty)}") from None
        source = self.text("source", source)
        if status is Certainty.VERIFIED and not source.strip():
            raise self.fail("verified, but without a source", "Name the source, or say likely or unverified")
        return status, source


def read_text(folder: Path, name: str) -> str:
    """A pattern file's text; `KnowledgeError` where it is missing or not UTF-8."""
    try:
        return (folder / name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise KnowledgeError("the file is missing", name, f"It belongs into {folder}") from None
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"not UTF-8 at byte {error.start}", name, "Save it as UTF-8") from error
    except OSError as error:
        raise KnowledgeError(f"cannot be read ({error.strerror})", name) from error


def read_toml(folder: Path, name: str) -> Entry:
    """A TOML file as one entry, its fractions as `Decimal`."""
    try:
        return Entry(tomllib.loads(read_text(folder, name), parse_float=Decimal), name)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"not valid TOML: {error}", name) from error


def read_csv(folder: Path, name: str, header: Sequence[str]) -> tuple[Entry, ...]:
    """A CSV file's rows, each with exactly the columns of `header`."""
    rows = csv.DictReader(read_text(folder, name).splitlines(), strict=True)
    if list(rows.fieldnames or ()) != list(header):
        raise KnowledgeError(f"columns are {rows.fieldnames}", name, f"They should be {', '.join(header)}")
    found = []
    for row in rows:
        entry = Entry(row, f"{name}: line {rows.line_num}")
        if None in row or None in row.values():
            raise entry.fail("too few or too many cells")
        found.append(entry)
    return tuple(found)


def decimal_cell(entry: Entry, key: str) -> Decimal:
    """A CSV cell as a `Decimal`."""
    try:
        value = Decimal(entry.text(key))
    except InvalidOperation:
        raise entry.fail(f"{key} {entry.text(key)!r} is not a number") from None
    if not value.is_finite():
        raise entry.fail(f"{key} {entry.text(key)!r} is not a number")
    return value
