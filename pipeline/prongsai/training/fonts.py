"""Fonts to draw training lines with: families found in folders, weighted, some of them held out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from prongsai.errors import ToolMissing
from prongsai.synthesis.fonts import FOLDERS, folders_to_search

OVERRIDE = "PRONGSAI_TRAINING_FONTS"
"""An environment variable: a folder with more fonts, as `tools/fonts.sh` fetches them."""
HELD_OUT = ("laksaman", "notoserifthai", "trirong", "ibmplexsansthai", "arundinasans", "arundinaserif", "arundinasansmono", "k2d")
"""Families that no training line is drawn with; accuracy is measured on them. By the file's stem, in small letters."""
DOCUMENT = ("thsarabun", "sarabun", "notosansthai", "notoloopedthai", "norasi", "garuda", "loma", "umpush", "kinnari", "waree", "niramit")
"""Families that offices write with, drawn more often than others."""
DISPLAY = ("charm", "srisakdi", "pattaya", "chonburi", "itim", "sriracha", "mali", "purisa", "sawasdee", "fahkwang", "tlwgmono")
"""Families for headlines and handwriting, drawn seldom."""
_MARKS = {**dict.fromkeys(DOCUMENT, 6.0), **dict.fromkeys(DISPLAY, 0.3)}
_SAMPLE = "\N{THAI DIGIT NINE}\N{THAI CHARACTER KO KAI}"


@dataclass(frozen=True, slots=True)
class TrainingFont:
    """A font file, its family by the file's name, and how often it is drawn relative to others."""

    path: Path
    family: str
    share: float
    glyphs: frozenset[str]
    """Characters that the font has."""

    @property
    def is_held_out(self) -> bool:
        return self.family in HELD_OUT


@cache
def training_fonts(folders: tuple[str, ...] = FOLDERS) -> tuple[TrainingFont, ...]:
    """Every Thai font with digits in the folders, one entry a file. Raises ToolMissing where there is none."""
    searched = folders_to_search(OVERRIDE, folders)
    files = sorted({path for folder in searched if folder.is_dir() for path in folder.rglob("*.[to]tf")})
    seen: dict[str, Path] = {}
    for path in files:
        if _is_wanted(path):
            seen.setdefault(path.stem.lower(), path)
    families: dict[str, list[Path]] = {}
    for path in seen.values():
        families.setdefault(family_of(path), []).append(path)
    fonts = [
        TrainingFont(path, family, _share(family) / len(paths), _glyphs(path))
        for family, paths in sorted(families.items())
        for path in sorted(paths)
    ]
    if not fonts:
        raise ToolMissing("no Thai font was found", ", ".join(map(str, searched)), f"Run tools/fonts.sh, or set {OVERRIDE}")
    return tuple(fonts)


def family_of(path: Path) -> str:
    """The family a file belongs to: its stem without style, in small letters."""
    stem = path.stem.lower().replace("-webfont", "").replace("_", "-")
    stem = stem.split("-")[0] if "-" in stem else stem
    for style in ("bolditalic", "boldoblique", "bold", "italic", "oblique", "regular"):
        stem = stem.removesuffix(style)
    return stem.replace("looped", "") if stem.startswith("ibmplexsansthai") else stem


def _share(family: str) -> float:
    return next((share for mark, share in _MARKS.items() if family.startswith(mark)), 1.0)


def _is_wanted(path: Path) -> bool:
    """Whether a font draws Thai digits and letters, in a weight that print has."""
    if any(style in path.stem.lower() for style in ("thin", "extralight", "extrabold", "black", "condensed")):
        return False
    return _glyphs(path) >= set(_SAMPLE)


@cache
def _glyphs(path: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True) as font:
            return frozenset(chr(code) for code in font.getBestCmap() or ())
    except (OSError, TTLibError):
        return frozenset()
