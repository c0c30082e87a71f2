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
NEEDED = "Aai0(.%\N{THAI CHARACTER KO KAI}\N{THAI CHARACTER SARA AM}\N{THAI DIGIT ZERO}\N{THAI DIGIT NINE}"
"""What a font must have, to print a report."""
OVERRIDE = "PRONGSAI_FONTS"
"""An environment variable: a folder to look in before the others."""


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family's regular and bold files; where there is no bold one, the regular serves."""

    name: str
    regular: Path
    bold: Path
    share: int


def folders_to_search(override: str, folders: tuple[str, ...]) -> list[Path]:
    """Where to look for fonts: the folder that the environment variable `override` names, if any, and then the others."""
    named = os.environ.get(override)
    return [Path(folder).expanduser() for folder in ((named,) if named else ()) + folders]


@cache
def find_families(folders: tuple[str, ...] = FOLDERS) -> tuple[FontFamily, ...]:
    """The families that are installed, in the order of FAMILIES.

    Raises ToolMissing where there is none.
    """
    searched = folders_to_search(OVERRIDE, folders)
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


@cache
def families_in(folder: Path) -> tuple[FontFamily, ...]:
    """The families of all TrueType files in a folder that print Thai letters, Thai digits and Latin letters, by name, each as
    often as the other.

    Raises ToolMissing where there is none, or fpdf2 (which brings fontTools) is not installed.
    """
    try:
        from fontTools.ttLib import TTFont  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        raise ToolMissing("the package fpdf2 is not installed", "made PDF reports", "Install it: pip install 'prongsai[synth]'") from None
    weights: dict[str, dict[int, Path]] = {}
    for path in sorted(folder.expanduser().rglob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            is_upright = not font["post"].italicAngle
            if is_upright and set(map(ord, NEEDED)) <= set(font.getBestCmap() or ()):
                name = font["name"].getBestFamilyName() or path.stem
                weights.setdefault(name, {}).setdefault(font["OS/2"].usWeightClass, path)
    found = [
        FontFamily(name, files[min(files, key=lambda one: abs(one - 400))], files[min(files, key=lambda one: abs(one - 700))], 1)
        for name, files in sorted(weights.items())
    ]
    if not found:
        raise ToolMissing("no Thai TrueType font was found", str(folder), "Name a folder of .ttf files with Thai and Latin letters")
    return tuple(found)
