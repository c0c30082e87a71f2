"""What the pages say, in both languages, from `patterns/pages.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from prongsai.errors import KnowledgeError
from prongsai.knowledge import patterns_folder

FILE = "pages.toml"


@dataclass(frozen=True, slots=True)
class Both:
    """A text in Thai and in English."""

    th: str
    en: str

    def fill(self, **facts: object) -> Both:
        """The text with its {names} filled in; a fact in both languages is said in each."""
        said = ({name: getattr(fact, one) if isinstance(fact, Both) else fact for name, fact in facts.items()} for one in ("th", "en"))
        th, en = (text.format(**filled) for text, filled in zip((self.th, self.en), said, strict=True))
        return Both(th, en)

    @classmethod
    def same(cls, text: object) -> Both:
        """A name or number that is the same in both languages."""
        return cls(str(text), str(text))


@cache
def words() -> Mapping[str, Both]:
    """Every text by its dotted name, like `overview.title`; nested tables join their names.

    Raises KnowledgeError where the file is missing or broken, or an entry lacks a language.
    """
    path = patterns_folder() / FILE
    try:
        with path.open("rb") as stream:
            groups = tomllib.load(stream)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"it cannot be read: {error}", str(path), "Restore it from the project's copy") from error
    found: dict[str, Both] = {}
    for group, entries in groups.items():
        for name, entry in entries.items():
            if not isinstance(entry, dict) or entry.keys() != {"th", "en"}:
                raise KnowledgeError(f"{group}.{name} has not just `th` and `en`", str(path), "Restore it from the project's copy")
            found[f"{group}.{name}"] = Both(entry["th"], entry["en"])
    return found


def word(name: str, **facts: object) -> Both:
    """The text of that name with the facts filled in. Raises KnowledgeError where there is none."""
    try:
        entry = words()[name]
    except KeyError:
        raise KnowledgeError(f"it lacks {name}", FILE, "Restore it from the project's copy") from None
    return entry.fill(**facts) if facts else entry
