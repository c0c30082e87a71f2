"""Reads patterns/tables.toml: what each table and column holds, in English and Thai."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from prongsai.errors import KnowledgeError
from prongsai.knowledge import patterns_folder

FILE_NAME = "tables.toml"
WHERE = f"patterns/{FILE_NAME}"

_PACKAGE = ("title", "description")
_DICTIONARY = ("title", "intro", "conventions", "column", "type", "meaning", "required", "key", "none", "foreign")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in two languages."""

    en: str
    th: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything in the file, checked for its form; whether it fits the schema is checked where the two are joined."""

    package: Mapping[str, Bilingual]
    dictionary: Mapping[str, Bilingual]
    conventions: tuple[Bilingual, ...]
    common: Mapping[str, Bilingual]
    tables: Mapping[str, Mapping[str, Bilingual]]
    """Per table its `title` and `description`."""
    columns: Mapping[str, Mapping[str, Bilingual]]
    """Per table the columns that do not use the common text."""


@cache
def load_texts(folder: Path | None = None) -> Texts:
    """The texts of `folder`, the shipped patterns/ where it is None.

    Raises KnowledgeError where the file is missing or broken, or has an entry that is unknown, missing or empty.
    """
    path = (folder or patterns_folder()) / FILE_NAME
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"cannot be read: {error}", WHERE, "Restore the file from the project's source") from error
    check_names(data, ("package", "dictionary", "conventions", "common", "tables"), "the file")
    tables: dict[str, Mapping[str, Bilingual]] = {}
    columns: dict[str, Mapping[str, Bilingual]] = {}
    for name, entry in _section(data["tables"], "[tables]").items():
        fields = dict(_section(entry, f"[tables.{name}]"))
        columns[name] = _texts(fields.pop("columns", {}), f"[tables.{name}.columns]")
        tables[name] = _pairs(fields, _PACKAGE, f"[tables.{name}]")
    return Texts(
        package=_pairs(data["package"], _PACKAGE, "[package]"),
        dictionary=_pairs(data["dictionary"], _DICTIONARY, "[dictionary]"),
        conventions=tuple(_texts({"conventions": one}, "[[conventions]]")["conventions"] for one in data["conventions"]),
        common=_texts(data["common"], "[common]"),
        tables=tables,
        columns=columns,
    )


def check_names(found: Iterable[str], wanted: Iterable[str], where: str) -> None:
    """Raises KnowledgeError where the names found are not exactly the names wanted, and says which."""
    found, wanted = set(found), set(wanted)
    if unknown := sorted(found - wanted):
        raise KnowledgeError(f"{where} has unknown entries: {', '.join(unknown)}", WHERE, "Remove them or add them to export/schema.py")
    if missing := sorted(wanted - found):
        raise KnowledgeError(f"{where} lacks entries: {', '.join(missing)}", WHERE, "Add each with its English and Thai text")


def _section(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise KnowledgeError(f"{where} is not a section", WHERE, "Write it as a TOML table")
    return value


def _texts(value: Any, where: str) -> Mapping[str, Bilingual]:
    """Entries of the form `name = { en = "…", th = "…" }`."""
    texts = {}
    for name, entry in _section(value, where).items():
        check_names(_section(entry, f"{where} {name}"), ("en", "th"), f"{where} {name}")
        texts[name] = Bilingual(_text(entry["en"], f"{where} {name}.en"), _text(entry["th"], f"{where} {name}.th"))
    return texts


def _pairs(value: Any, names: tuple[str, ...], where: str) -> Mapping[str, Bilingual]:
    """Entries of the form `name_en = "…"` beside `name_th = "…"`."""
    section = _section(value, where)
    check_names(section, [f"{name}_{language}" for name in names for language in ("en", "th")], where)
    return {
        name: Bilingual(_text(section[f"{name}_en"], f"{where} {name}_en"), _text(section[f"{name}_th"], f"{where} {name}_th"))
        for name in names
    }


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise KnowledgeError(f"{where} is not a text", WHERE, "Write a sentence between quotes")
    return value
