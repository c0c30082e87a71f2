"""Sets Thai text: HarfBuzz shapes it, dictionary words break its lines, and the text layer keeps every character.

fpdf2's own shaping gives each glyph of a merged cluster to the first of them, so that the second half of sara am comes
out of the text layer as a control character (fpdf2 2.8.9). Here sara am stays one glyph with one character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from prongsai.errors import ToolMissing

SARA_AM = "\N{THAI CHARACTER SARA AM}"
SARA_AA = "\N{THAI CHARACTER SARA AA}"
NIKHAHIT = "\N{THAI CHARACTER NIKHAHIT}"
THAI_RUN = re.compile("[\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER FONGMAN}]+")
PIP_LINE = "pip install 'prongsai[synth]'"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a shaped text, in font units."""

    glyph_id: int
    name: str
    text: str
    """The character that it stands for in the text layer."""
    advance: int
    dx: int
    dy: int
    own_advance: int
    """The advance that the font's own table has."""


class Face:
    """A font file ready for shaping."""

    def __init__(self, path: Path) -> None:
        try:
            import uharfbuzz as hb
        except ImportError:
            raise ToolMissing("the package uharfbuzz is not installed", "made PDF reports", f"Install it: {PIP_LINE}") from None
        self._hb: Any = hb
        self._font: Any = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
        self.units_per_em: int = self._font.face.upem
        self._cache: dict[str, tuple[Glyph, ...]] = {}

    @cached_property
    def _sara_am(self) -> int | None:
        glyph = self._font.get_nominal_glyph(ord(SARA_AM))
        return int(glyph) if glyph else None

    def shape(self, text: str) -> tuple[Glyph, ...]:
        """The glyphs of a line of text, left to right."""
        found = self._cache.get(text)
        if found is None:
            found = self._cache[text] = tuple(self._shape(text))
        return found

    def width(self, text: str) -> float:
        """The width of a text, in ems."""
        return sum(glyph.advance for glyph in self.shape(text)) / self.units_per_em

    def is_nominal(self, glyph: Glyph) -> bool:
        """Whether the glyph is the one that its character has by itself, not a raised or lowered variant."""
        return bool(glyph.text) and self._font.get_nominal_glyph(ord(glyph.text[0])) == glyph.glyph_id

    def _shape(self, text: str) -> list[Glyph]:
        if not text:
            return []
        buffer = self._hb.Buffer()
        buffer.cluster_level = self._hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        # Guessed from the first letter, the script of a line that begins with a code is Latin, and its marks fall off.
        buffer.direction, buffer.script, buffer.language = "ltr", "Thai", "th"
        self._hb.shape(self._font, buffer, {"liga": False})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        starts = [*sorted({info.cluster for info in infos}), len(text)]
        following = dict(pairwise(starts))
        glyphs: list[Glyph] = []
        waiting: list[str] = []
        cluster = -1
        for info, place in zip(infos, positions, strict=True):
            if info.cluster != cluster:
                cluster = info.cluster
                waiting = list(text[cluster : following[cluster]])
            shape = (place.x_advance, place.x_offset, place.y_offset, self._advance(info.codepoint))
            made = Glyph(info.codepoint, self._name(info.codepoint), "", *shape)
            glyphs += self._named(made, waiting)
        return glyphs

    def _named(self, glyph: Glyph, waiting: list[str]) -> list[Glyph]:
        """The glyph with its character taken from `waiting`; nothing for the nikhahit that a sara am was split into."""
        if SARA_AM in waiting and self._sara_am not in (None, glyph.glyph_id):
            if glyph.name == self._nominal_name(NIKHAHIT) or glyph.name.startswith("uni0E4D"):
                return []
            if glyph.name == self._nominal_name(SARA_AA):
                waiting.remove(SARA_AM)
                return [_with(glyph, self._sara_am, self._name(self._sara_am), SARA_AM, self._advance(self._sara_am))]
            others = [one for one in waiting if one != SARA_AM]
            if others:
                waiting.remove(others[0])
                return [_with(glyph, glyph.glyph_id, glyph.name, others[0], glyph.own_advance)]
            return []
        text, waiting[:] = "".join(waiting[:1]), waiting[1:]
        return [_with(glyph, glyph.glyph_id, glyph.name, text, glyph.own_advance)]

    def _name(self, glyph_id: int) -> str:
        return str(self._font.glyph_to_string(glyph_id))

    def _nominal_name(self, character: str) -> str:
        glyph = self._font.get_nominal_glyph(ord(character))
        return self._name(glyph) if glyph else ""

    def _advance(self, glyph_id: int) -> int:
        return int(self._font.get_glyph_h_advance(glyph_id))


def _with(glyph: Glyph, glyph_id: int, name: str, text: str, own_advance: int) -> Glyph:
    return Glyph(glyph_id, name, text, glyph.advance, glyph.dx, glyph.dy, own_advance)


@lru_cache(maxsize=32)
def load_face(path: Path) -> Face:
    """The font file, loaded once a process."""
    return Face(path)


@lru_cache(maxsize=65536)
def break_words(text: str) -> tuple[str, ...]:
    """A text cut where a line may break: after spaces and between Thai words, never inside a number."""
    pieces: list[str] = []
    for chunk in re.split(r"(?<= )", text):
        last = 0
        for run in THAI_RUN.finditer(chunk):
            if run.start() > last:
                _append_tail(pieces, chunk[last : run.start()])
            pieces += _words(run.group())
            last = run.end()
        if last < len(chunk):
            _append_tail(pieces, chunk[last:])
    return _close_up(pieces)


def _close_up(pieces: list[str]) -> tuple[str, ...]:
    """The pieces, with an opening bracket joined to what follows it."""
    closed: list[str] = []
    for piece in pieces:
        if closed and closed[-1].endswith("("):
            closed[-1] += piece
        elif piece:
            closed.append(piece)
    return tuple(closed)


def _append_tail(pieces: list[str], tail: str) -> None:
    """Closing signs and spaces stay with the word before them."""
    if pieces and not pieces[-1].endswith(" ") and not tail[0].isalnum() and tail[0] not in "(+-":
        pieces[-1] += tail
    else:
        pieces.append(tail)


def _words(run: str) -> list[str]:
    try:
        from pythainlp.tokenize import word_tokenize
    except ImportError:
        raise ToolMissing("the package pythainlp is not installed", "made PDF reports", f"Install it: {PIP_LINE}") from None
    return list(word_tokenize(run, engine="newmm"))


def wrap(face: Face, text: str, size_pt: float, width_pt: float) -> list[str]:
    """The lines of a text in a width; a word wider than the line stands on a line of its own, cut where it must be."""
    lines: list[str] = []
    for part in text.split("\n"):
        lines += _wrap_one(face, part, width_pt / size_pt)
    return lines


def _wrap_one(face: Face, text: str, width_em: float) -> list[str]:
    lines, line, used = [], "", 0.0
    for word in break_words(text):
        advance = face.width(word)
        if line and used + face.width(word.rstrip()) > width_em:
            lines.append(line.rstrip())
            line, used = "", 0.0
        while not line and face.width(word.rstrip()) > width_em and len(word) > 1:
            cut = _fit(face, word, width_em)
            lines.append(word[:cut])
            word = word[cut:]
            advance = face.width(word)
        line, used = line + word, used + advance
    return [*lines, line.rstrip()] if line.rstrip() or not lines else lines


def _fit(face: Face, word: str, width_em: float) -> int:
    """How many characters of a word fit, at least one, never before a mark that hangs on its consonant."""
    from unicodedata import category

    cut = len(word) - 1
    while cut > 1 and (face.width(word[:cut]) > width_em or category(word[cut]) == "Mn" or word[cut] in (SARA_AA, SARA_AM)):
        cut -= 1
    return cut
