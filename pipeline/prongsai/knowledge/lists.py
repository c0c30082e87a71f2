"""The pattern files beside the frameworks: books, agencies, glyphs, confusions, averages, phrases, messages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from string import Formatter

from prongsai.errors import KnowledgeError
from prongsai.knowledge.entries import SAYS_SURE, Entry, decimal_cell, read_csv, read_toml
from prongsai.knowledge.needs import SLIPS
from prongsai.knowledge.types import AgencyKind, Book, Framework, Message, NationalAverage, SlipCosts

_CODE_GLYPHS = frozenset("ieo0123456789")
_NOTES = SAYS_SURE | {"note"}


def read_books(folder: Path) -> tuple[Book, ...]:
    """`books.toml`; each regular expression is tried once, so that a bad one fails here and not on a document."""
    file = read_toml(folder, "books.toml").check(SAYS_SURE | {"books"})
    outer = file.sureness()
    found = []
    for entry in file.entries("books", "name"):
        entry.check(frozenset({"name", "names", "cues", "codes", "at_least", "note"}), SAYS_SURE)
        for pattern in entry.texts("codes"):
            try:
                re.compile(pattern)
            except re.error as error:
                raise entry.fail(f"{pattern!r} is no regular expression: {error}") from error
        found.append(
            Book(
                entry.name("name"),
                entry.texts("names"),
                entry.texts("cues"),
                entry.texts("codes"),
                entry.integer("at_least"),
                entry.name("note"),
                *entry.sureness(outer),
            )
        )
    _refuse_doubles(file, [book.name for book in found])
    return tuple(found)


def read_agency_kinds(folder: Path) -> tuple[AgencyKind, ...]:
    """`agencies.toml`, in its order; a kind whose beginning hides a later, longer one is refused."""
    file = read_toml(folder, "agencies.toml").check(SAYS_SURE | {"kinds"})
    outer = file.sureness()
    found: list[AgencyKind] = []
    for entry in file.entries("kinds"):
        entry.check(frozenset({"code", "name_th", "level", "name_en"}), SAYS_SURE | {"abbreviations", "prefixes"})
        entry.sureness(outer)
        kind = AgencyKind(
            entry.name("code"),
            entry.name("name_th"),
            entry.texts("abbreviations"),
            entry.texts("prefixes"),
            entry.name("level"),
            entry.name("name_en"),
        )
        for earlier in found:
            if kind.name_th.startswith((earlier.name_th, *earlier.prefixes)):
                raise entry.fail(f"{earlier.code} stands before it and takes its names", "Move the longer name up")
        found.append(kind)
    _refuse_doubles(file, [kind.code for kind in found])
    _refuse_doubles(file, [short for kind in found for short in kind.abbreviations])
    return tuple(found)


def read_glyphs(folder: Path) -> dict[str, str]:
    """`glyphs.csv`: private-use character to the Thai character that it draws."""
    found: dict[str, str] = {}
    for row in read_csv(folder, "glyphs.csv", ("glyph", "meant", "name", "set", "source")):
        row.name("source")
        glyph, meant = _character(row, "glyph"), _character(row, "meant")
        if not "\ue000" <= glyph <= "\uf8ff":
            raise row.fail(f"{row.text('glyph')} is no private-use character")
        if glyph in found:
            raise row.fail(f"{row.text('glyph')} stands twice")
        found[glyph] = meant
    return found


def read_confusions(folder: Path) -> tuple[dict[str, tuple[tuple[str, Decimal], ...]], dict[str, tuple[tuple[str, int], ...]]]:
    """`confusions.csv`: printed glyph to (what it may mean, cost), cheapest first; and where it was counted, meant glyph
    to (what was printed for it, how often), most often first."""
    found: dict[str, dict[str, Decimal]] = {}
    counted: dict[str, dict[str, int]] = {}
    for row in read_csv(folder, "confusions.csv", ("printed", "meant", "cost", "times", "of", "source")):
        row.name("source")
        printed, meant, cost = row.text("printed"), row.name("meant"), decimal_cell(row, "cost")
        if meant not in _CODE_GLYPHS:
            raise row.fail(f"{meant!r} stands in no code", "Write i, e, o or a digit from 0 to 9")
        if not 0 <= cost <= 1:
            raise row.fail(f"cost {cost} is not between 0 and 1")
        if meant in found.setdefault(printed, {}):
            raise row.fail(f"{printed!r} for {meant!r} stands twice")
        found[printed][meant] = cost
        if row.text("times") or row.text("of"):
            times, of = decimal_cell(row, "times"), decimal_cell(row, "of")
            if not 0 < times <= of:
                raise row.fail(f"{times} of {of} is no count", "Write how often it was printed so, of how many times it was meant")
            counted.setdefault(meant, {})[printed] = int(times)
    confusions = {printed: tuple(sorted(meanings.items(), key=lambda item: (item[1], item[0]))) for printed, meanings in found.items()}
    return confusions, {meant: tuple(sorted(prints.items(), key=lambda item: (-item[1], item[0]))) for meant, prints in counted.items()}


def read_slips(folder: Path, confusions: Mapping[str, tuple[tuple[str, Decimal], ...]]) -> SlipCosts:
    """`slips.toml`: a cost above 0 for each slip that the audit knows; which digits look alike say the `confusions`."""
    file = read_toml(folder, "slips.toml").check(SAYS_SURE | {"sure", "listed", "repeated", "mutual", "short", "costs"})
    file.sureness()
    costs = file.entry("costs").check(SLIPS)
    found = {slip: costs.number(slip) for slip in sorted(SLIPS)}
    if free := [slip for slip, cost in found.items() if cost <= 0]:
        raise costs.fail(f"{free[0]} costs nothing", "What is printed as it was meant costs nothing; a slip costs more")
    alike = {
        (glyph, meant) for glyph, those in confusions.items() for meant, cost in those if cost and glyph.isdecimal() and meant.isdecimal()
    }
    numbers = {name: file.number(name) for name in ("listed", "repeated", "mutual", "short")}
    return SlipCosts(found, frozenset(alike), float(file.number("sure")), **numbers)


def read_national_averages(folder: Path, frameworks: Collection[Framework]) -> tuple[NationalAverage, ...]:
    """`national.csv`; codes must be codes of some year (averages are older than the oldest framework)."""
    known = {code for framework in frameworks for code in framework.all_codes()}
    found: dict[tuple[int, str], NationalAverage] = {}
    for row in read_csv(folder, "national.csv", ("fiscal_year", "code", "value", "source")):
        row.name("source")
        code, year = row.name("code"), decimal_cell(row, "fiscal_year")
        if code not in known:
            raise row.fail(f"{code} is no code of any year")
        if (int(year), code) in found:
            raise row.fail(f"{code} of {year} stands twice")
        found[int(year), code] = NationalAverage(int(year), code, decimal_cell(row, "value"))
    return tuple(found[key] for key in sorted(found))


def read_phrases(folder: Path, needed: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """`phrases.toml`: arrays of texts by group, nested tables joined by dots; exactly the groups that are `needed`.

    `status`, `source` and `note` may stand in any table.
    """
    name = "phrases.toml"
    if not needed and not (folder / name).exists():
        return {}
    found = dict(_groups(read_toml(folder, name)))
    _same(name, "group", found.keys(), needed)
    return found


def read_messages(folder: Path, needed: frozenset[str]) -> dict[str, Message]:
    """`messages.toml`: `en` and `th` by check, with the same placeholders; exactly the names that are `needed`."""
    name = "messages.toml"
    if not needed and not (folder / name).exists():
        return {}
    file = read_toml(folder, name)
    found = {}
    for check in file.table:
        entry = file.entry(check).check(frozenset({"en", "th"}))
        message = Message(entry.name("en"), entry.name("th"))
        if _placeholders(entry, message.en) != _placeholders(entry, message.th):
            raise entry.fail("en and th do not have the same placeholders")
        found[check] = message
    _same(name, "message", found.keys(), needed)
    return found


def _groups(entry: Entry, path: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in entry.table.items():
        full = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            yield from _groups(Entry(value, entry.where), full)
        elif key in _NOTES and isinstance(value, str):
            continue
        else:
            named = Entry({full: value}, entry.where)
            if not (texts := named.texts(full)):
                raise named.fail(f"{full} is empty", "A group holds at least one phrase")
            yield full, texts


def _same(name: str, what: str, found: Collection[str], needed: frozenset[str]) -> None:
    if unknown := sorted(set(found) - needed):
        raise KnowledgeError(f"no code asks for the {what} {unknown[0]}", name, "Remove it, or name it in knowledge/needs.py")
    if missing := sorted(needed - set(found)):
        raise KnowledgeError(f"the {what} {missing[0]} is missing", name, "Add it")


def _placeholders(entry: Entry, text: str) -> set[str]:
    try:
        return {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError as error:
        raise entry.fail(f"{text!r} is no format text: {error}") from error


def _character(row: Entry, key: str) -> str:
    found = re.fullmatch(r"U\+([0-9A-F]{4})", row.text(key))
    if found is None:
        raise row.fail(f"{key} {row.text(key)!r} is no code point", "Write U+F70A")
    return chr(int(found[1], 16))


def _refuse_doubles(file: Entry, names: list[str]) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise file.fail(f"{twice[0]} stands twice", "Remove one")
