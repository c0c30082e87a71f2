"""Reads `patterns/` once: finds the folder, reads each file, and checks them against each other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from prongsai.errors import KnowledgeError
from prongsai.knowledge import needs
from prongsai.knowledge.agencies import read_agency_cues, read_agency_names, read_letter_groups
from prongsai.knowledge.entries import read_toml
from prongsai.knowledge.frameworks import Draft, Names, borrow_wordings, parse_framework, parse_names
from prongsai.knowledge.lists import (
    read_agency_kinds,
    read_books,
    read_confusions,
    read_glyphs,
    read_messages,
    read_national_averages,
    read_phrases,
    read_slips,
)
from prongsai.knowledge.types import Framework, Knowledge


@cache
def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Everything in `folder`, by default the `patterns` folder that came with the program.

    Raises `KnowledgeError` on an entry that is unknown, missing, double or does not add up.
    """
    folder = patterns_folder() if folder is None else folder
    names = parse_names(read_toml(folder, "names.toml"))
    frameworks = borrow_wordings(_draft(folder, path.name, names) for path in _framework_files(folder))
    _check_names_are_used(names, frameworks.values())
    kinds = read_agency_kinds(folder)
    agency_names = read_agency_names(folder, kinds)
    confusions, misprints = read_confusions(folder)
    return Knowledge(
        frameworks=frameworks,
        phrases=read_phrases(folder, needs.PHRASE_GROUPS),
        books=read_books(folder),
        agency_kinds=kinds,
        agency_names=agency_names,
        agency_cues=read_agency_cues(folder, kinds, agency_names),
        glyphs=read_glyphs(folder),
        code_confusions=confusions,
        code_misprints=misprints,
        letter_groups=read_letter_groups(folder),
        slips=read_slips(folder, confusions),
        messages=read_messages(folder, needs.MESSAGE_NAMES),
        national_averages=read_national_averages(folder, frameworks.values()),
        version=version_of(folder),
    )


def patterns_folder() -> Path:
    """`patterns` inside the installed package, or else at the root of the checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "patterns", package.parent.parent / "patterns"):
        if folder.is_dir():
            return folder
    raise KnowledgeError("the folder patterns is missing", str(package), "Install the program again, or run it from a checkout")


def version_of(folder: Path, suffixes: Collection[str] = (".toml", ".csv")) -> str:
    """First 12 hex digits of a SHA-256 over the names and bytes of all files that end so."""
    digest = hashlib.sha256()
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.suffix in suffixes}
    for name, path in sorted(files.items()):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def _framework_files(folder: Path) -> list[Path]:
    files = sorted((folder / "frameworks").glob("*.toml"))
    if not files:
        raise KnowledgeError("no framework", "frameworks", f"At least one fiscal year belongs into {folder / 'frameworks'}")
    for path in files:
        if not re.fullmatch(r"25\d\d", path.stem):
            raise KnowledgeError("its name is no fiscal year of the Buddhist era", f"frameworks/{path.name}", "Name it 2570.toml")
    return files


def _draft(folder: Path, file_name: str, names: Names) -> Draft:
    draft = parse_framework(read_toml(folder, f"frameworks/{file_name}"), names)
    if file_name != f"{draft.framework.fiscal_year}.toml":
        raise KnowledgeError("fiscal_year is not the year in its name", draft.where, "Rename the file or correct the year")
    return draft


def _check_names_are_used(names: Names, frameworks: Collection[Framework]) -> None:
    known = {code for framework in frameworks for code in framework.all_codes()}
    for group in (names.instruments, names.parts, names.indicators):
        if unknown := sorted(group.keys() - known):
            raise KnowledgeError(f"{unknown[0]} is no code of any year", "names.toml", "Remove it")
