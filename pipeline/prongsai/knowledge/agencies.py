"""`agency_names.csv`, `agency_cues.toml`, `letters.csv`: official names, the words around any agency's name, letters that are alike."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from prongsai.errors import KnowledgeError
from prongsai.knowledge.entries import SAYS_SURE, Entry, read_csv, read_toml
from prongsai.knowledge.types import AgencyCues, AgencyKind, AgencyName, Beginning, ShortName

_KIND_GROUPS = frozenset(
    {
        "never_begin",
        "official_only",
        "named_by_province",
        "named_by_subdistrict",
        "named_by_town",
        "has_branches",
        "places",
        "publishers",
        "numbered",
    }
)
_LETTER_GROUPS = frozenset({"shape", "sound"})
_WORD_GROUPS = frozenset(
    {
        "district",
        "province",
        "subdistrict",
        "capital",
        "number",
        "parent",
        "introducer",
        "optional_ending",
        "weak",
        "internal",
        "stop",
        "also_name",
        "within",
        "in_offices",
        "everywhere",
    }
)


def read_agency_names(folder: Path, kinds: Collection[AgencyKind]) -> tuple[AgencyName, ...]:
    """`agency_names.csv`; a kind that `agencies.toml` does not list, or a name that stands twice, is a `KnowledgeError`."""
    known = {kind.code for kind in kinds}
    found: dict[str, AgencyName] = {}
    for row in read_csv(folder, "agency_names.csv", ("name", "kind", "ministry", "source", "status")):
        name, kind = row.name("name"), row.name("kind")
        if kind not in known:
            raise row.fail(f"{kind} is no kind of agencies.toml")
        if name in found:
            raise row.fail(f"{name} stands twice", "Remove one")
        found[name] = AgencyName(name, kind, row.text("ministry"), *row.sureness())
    for entry in found.values():
        if entry.ministry and entry.ministry not in found:
            raise KnowledgeError(f"{entry.ministry}, above {entry.name}, is no name of the list", "agency_names.csv")
    return tuple(found.values())


def read_agency_cues(folder: Path, kinds: Collection[AgencyKind], names: Collection[AgencyName]) -> AgencyCues:
    """`agency_cues.toml`; every group that the code asks for and no other, every kind and name one that is known."""
    file = read_toml(folder, "agency_cues.toml")
    file.check(SAYS_SURE | {"beginnings", "kinds", "words", "short_names", "short_provinces"})
    file.sureness()
    known, official = {kind.code for kind in kinds}, {entry.name for entry in names}
    beginnings = []
    for entry in file.entries("beginnings", "full"):
        entry.check(frozenset({"kind", "full", "printed"}))
        _refuse_unknown(entry, (entry.name("kind"),), known)
        beginnings.append(Beginning(entry.name("kind"), entry.name("full"), entry.texts("printed")))
    kind_groups = {key: file.entry("kinds").check(_KIND_GROUPS).texts(key) for key in sorted(_KIND_GROUPS)}
    for codes in kind_groups.values():
        _refuse_unknown(file.entry("kinds"), codes, known)
    short_names = _short_names(file, "short_names")
    _refuse_unknown(file.entry("words").named("short_names"), tuple(short.name for short in short_names), official)
    words = {key: file.entry("words").check(_WORD_GROUPS).texts(key) for key in sorted(_WORD_GROUPS)}
    return AgencyCues(tuple(beginnings), kind_groups, words, short_names, _short_names(file, "short_provinces"))


def read_letter_groups(folder: Path) -> dict[str, tuple[str, ...]]:
    """`letters.csv`: groups of Thai letters by why they are taken for each other; a letter in two groups of one kind is refused."""
    found: dict[str, list[str]] = {kind: [] for kind in sorted(_LETTER_GROUPS)}
    for row in read_csv(folder, "letters.csv", ("kind", "letters", "source")):
        row.name("source")
        kind, letters = row.name("kind"), row.name("letters")
        if kind not in found:
            raise row.fail(f"{kind} is no kind of likeness", "Write shape or sound")
        if twice := sorted({letter for letter in letters if letter in "".join(found[kind]) or letters.count(letter) > 1}):
            raise row.fail(f"{twice[0]} stands twice under {kind}", "Keep it in one group")
        found[kind].append(letters)
    return {kind: tuple(groups) for kind, groups in found.items()}


def _short_names(file: Entry, key: str) -> tuple[ShortName, ...]:
    found = []
    for entry in file.entries(key, "name"):
        entry.check(frozenset({"name", "printed"}))
        found.append(ShortName(entry.name("name"), entry.texts("printed")))
    return tuple(found)


def _refuse_unknown(entry: Entry, found: Collection[str], known: Collection[str]) -> None:
    if unknown := sorted(set(found) - set(known)):
        raise entry.fail(f"{unknown[0]} is not known", "Name one of agencies.toml or agency_names.csv")
