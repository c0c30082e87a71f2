"""Reads patterns/synthesis.toml: the words that made reports are put together from."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from prongsai.errors import KnowledgeError

SECTIONS = frozenset(
    ["source", "places", "kinds", "words", "instruments", "parts", "titles", "sentences", "headers", "criteria", "measures", "results"]
)


@dataclass(frozen=True, slots=True)
class Place:
    """A subdistrict with its district and province, by their official names."""

    subdistrict: str
    district: str
    province: str


@dataclass(frozen=True, slots=True)
class KindOfAgency:
    """How the names of one kind of agency are put together; `share` is how often it is drawn."""

    code: str
    name: str
    short: str
    place: str
    head: str
    share: int


@dataclass(frozen=True, slots=True)
class Wording:
    """All words of made reports, by section and key."""

    sections: Mapping[str, Mapping[str, Any]]
    kinds: tuple[KindOfAgency, ...]
    places: tuple[Place, ...]

    def one(self, section: str, key: str) -> str:
        """The single phrase under `section`.`key`."""
        value = self._value(section, key)
        if not isinstance(value, str):
            raise KnowledgeError(f"[{section}] {key} is not one phrase", "patterns/synthesis.toml", "Write it as a string.")
        return value

    def many(self, section: str, key: str) -> tuple[str, ...]:
        """The phrases under `section`.`key`, of which a report uses one."""
        value = self._value(section, key)
        if not isinstance(value, list) or not value:
            raise KnowledgeError(f"[{section}] {key} is not a list of phrases", "patterns/synthesis.toml", "Write it as a list of strings.")
        return tuple(value)

    def pick(self, rng: Random, section: str, key: str) -> str:
        """One of the phrases under `section`.`key`, drawn by `rng`."""
        return rng.choice(self.many(section, key))

    def rows(self, section: str, key: str) -> tuple[tuple[str, ...], ...]:
        """The rows of phrases under `section`.`key`."""
        return tuple(tuple(row) for row in self._value(section, key))

    def _value(self, section: str, key: str) -> Any:
        try:
            return self.sections[section][key]
        except KeyError:
            raise KnowledgeError(
                f"[{section}] {key} is missing", "patterns/synthesis.toml", "Add the entry: the made reports need it."
            ) from None


def patterns_folder() -> Path:
    """`prongsai/patterns` beside the package where it was installed, else the checkout's `patterns`."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "patterns"
    return inside if inside.is_dir() else package.parent.parent / "patterns"


@cache
def load_wording(folder: Path | None = None) -> Wording:
    """The words of made reports from `folder`/synthesis.toml and the places file that it names.

    Raises KnowledgeError where the file or an entry is missing, or an unknown section stands in it.
    """
    folder = folder or patterns_folder()
    path = folder / "synthesis.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KnowledgeError("there is no such file", str(path), "Reports cannot be made without it; restore it.") from None
    if strange := sorted(set(raw) ^ SECTIONS):
        raise KnowledgeError(f"unknown or missing sections: {', '.join(strange)}", str(path), "Correct the file's sections.")
    with (folder / raw["places"]["file"]).open(encoding="utf-8", newline="") as stream:
        places = tuple(Place(row["subdistrict"], row["district"], row["province"]) for row in csv.DictReader(stream))
    kinds = tuple(KindOfAgency(**entry) for entry in raw["kinds"])
    return Wording({name: raw[name] for name in SECTIONS - {"source", "kinds", "places"}}, kinds, places)
