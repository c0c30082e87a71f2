"""Finds Thai TrueType fonts on this machine, by the folders that systems keep them in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from prongsai.errors import ToolMissing

FAMILIES = {
    "Laksaman": 5,
    "THSarabunNew": 5,
    "Sarabun": 3,
    "Garuda": 3,
    "Norasi": 3,
    "Loma": 2,
    "Kinnari": 2,
    "Umpush": 1,
    "Waree": 1,
    "Sawasdee": 1,
}
"""Faces with both Thai and Latin letters, and how often each is drawn: government writes in Sarabun, which Laksaman
resembles. Noto's Thai fonts have no Latin letters and are left out."""
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
OVERRIDE = "PRONGSAI_FONTS"
"""An environment variable: a folder to look in before the others."""


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family's regular and bold files; where there is no bold one, the regular serves."""

    name: str
    regular: Path
    bold: Path
    share: int


@cache
def find_families(folders: tuple[str, ...] = FOLDERS) -> tuple[FontFamily, ...]:
    """The families that are installed, in the order of FAMILIES.

    Raises ToolMissing where there is none.
    """
    override = os.environ.get(OVERRIDE)
    searched = [Path(folder).expanduser() for folder in ((override,) if override else ()) + folders]
    files: dict[str, Path] = {}
    for folder in searched:
        if folder.is_dir():
            for path in sorted(folder.rglob("*.ttf")):
                files.setdefault(path.stem.lower(), path)
    found = []
    for name, share in FAMILIES.items():
        regular = files.get(name.lower()) or files.get(f"{name}-regular".lower())
        if regular is not None:
            bold = files.get(f"{name}-bold".lower()) or files.get(f"{name} bold".lower()) or regular
            found.append(FontFamily(name, regular, bold, share))
    if not found:
        raise ToolMissing(
            "no Thai TrueType font was found",
            ", ".join(str(folder) for folder in searched),
            f"Install some (Debian: apt install fonts-tlwg-garuda-ttf fonts-tlwg-norasi-ttf), or set {OVERRIDE} to their folder",
        )
    return tuple(found)
