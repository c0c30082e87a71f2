"""Glyphs become words and visual lines, from geometry alone: pdfium's own spaces are guesses made for Latin print."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from prongsai.language.repair import DEPENDENT_VOWELS, SARA_AA, SARA_AM, GlyphKnowledge, repair, tally
from prongsai.reading.frame import Frame
from prongsai.reading.glyphs import Flags, Floats, Glyphs
from prongsai.reading.mending import is_mark, is_space, mend
from prongsai.records import Box, Repair, Word

_WORD_GAP_EM = 0.15
"""A gap this wide without a space parts words; spaces are 0.22 em (Sarabun) to 0.30 em (TLWG) wide."""
_NO_GAP_EM = 0.05
"""A space that leaves less room than this between its neighbours parts nothing."""
_LINE_EM = 0.3
"""Baselines no further apart than this are one visual line."""
_JUMP_EM = 1.0
"""A jump this far along the line, forward or back, begins a new piece: another cell, another column."""
_SARA_AA_EM = 0.37
"""Advance of sara aa, where the page has none to measure."""
_BEARING_EM = 0.04
"""Room that a letter's advance leaves after its ink."""
_SPACED = 0.3
"""Share of gaps among a piece's letters from which it is letter-spaced."""
_FOLLOWERS = [ord(vowel) for vowel in DEPENDENT_VOWELS]


@dataclass(frozen=True, slots=True)
class Layer:
    """The text layer of one page."""

    words: tuple[Word, ...]
    repairs: tuple[Repair, ...]
    n_characters: int
    """Printed characters, spaces not counted."""


@dataclass(slots=True)
class _Piece:
    """A word under way: its text, box, baseline and font size; `is_open` where nothing parts it from what follows."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    em: float
    opens: bool
    closes: bool


def build_layer(glyphs: Glyphs, frame: Frame, knowledge: GlyphKnowledge) -> Layer:
    """The words of a page in reading order (line by line, left to right), boxes in points of the page shown."""
    glyphs, counts = mend(glyphs, knowledge)
    n_characters = int((~is_space(glyphs.codes)).sum())
    pieces: list[_Piece] = []
    for turn in np.unique(glyphs.turn).tolist():
        these = glyphs if len(np.unique(glyphs.turn)) == 1 else glyphs.take(glyphs.turn == turn)
        pieces += _turned_back(_split(_turned(these, turn, frame), counts), turn, frame)
    words = _number_lines(pieces, frame, knowledge, counts)
    return Layer(words, tally(counts), n_characters)


def _turned(glyphs: Glyphs, turn: int, frame: Frame) -> Glyphs:
    """Writing that runs up, down or upside down, laid level so that one splitter serves all."""
    if turn == 0:
        return glyphs
    width, height = frame.width_pt, frame.height_pt
    g = glyphs
    if turn == 90:
        x0, x1, top, bottom, ox, base = height - g.bottom, height - g.top, g.x0, g.x1, height - g.base, g.ox
    elif turn == 180:
        x0, x1, top, bottom, ox, base = width - g.x1, width - g.x0, height - g.bottom, height - g.top, width - g.ox, height - g.base
    else:
        x0, x1, top, bottom, ox, base = g.top, g.bottom, width - g.x1, width - g.x0, g.base, width - g.ox
    return Glyphs(g.codes, x0, top, x1, bottom, ox, base, g.em, g.turn, g.ink_top, g.ink_bottom, g.cluster)


def _turned_back(pieces: list[_Piece], turn: int, frame: Frame) -> list[_Piece]:
    """The pieces' boxes on the page shown; a turned word counts as standing on the line through its middle."""
    if turn == 0:
        return pieces
    width, height = frame.width_pt, frame.height_pt
    for p in pieces:
        if turn == 90:
            p.x0, p.top, p.x1, p.bottom = p.top, height - p.x1, p.bottom, height - p.x0
        elif turn == 180:
            p.x0, p.top, p.x1, p.bottom = width - p.x1, height - p.bottom, width - p.x0, height - p.top
        else:
            p.x0, p.top, p.x1, p.bottom = width - p.bottom, p.x0, width - p.top, p.x1
        p.base = (p.top + p.bottom) / 2 + 0.3 * p.em
        p.opens = p.closes = True
    return pieces


def _split(glyphs: Glyphs, counts: Counter[str]) -> list[_Piece]:
    """Glyphs in text-flow order as words, in the same order."""
    spaces = is_space(glyphs.codes)
    inked = np.flatnonzero(~spaces)
    if not len(inked):
        return []
    spaced = np.zeros(len(inked), dtype=np.bool_)
    """Whether a space stands before the glyph."""
    spaced[1:] = np.diff(inked) > 1
    g = glyphs.take(inked)
    marks = is_mark(g.codes)
    positions = np.arange(len(g))
    letter = np.maximum.accumulate(np.where(marks, 0, positions))
    """For each glyph the letter that it is or hangs on."""
    near = np.abs(g.base - g.base[letter]) < 0.8 * g.em
    base = np.where(near, g.base[letter], g.base)
    right = _right_edges(g, letter)
    gap = np.zeros(len(g))
    gap[1:] = g.x0[1:] - right[letter[:-1]]
    hangs = marks & near
    hangs[0] = False
    follows = hangs | np.isin(g.codes, _FOLLOWERS)
    jumps = np.zeros(len(g), dtype=np.bool_)
    jumps[0] = True
    jumps[1:] = (np.abs(np.diff(base)) > _LINE_EM * g.em[1:]) | (np.abs(gap[1:]) > _JUMP_EM * g.em[1:])
    jumps &= ~hangs
    empty = spaced & (gap < _NO_GAP_EM * g.em)
    kept_together = spaced & follows & ~empty & ~jumps
    counts["spaces inside words"] += int(kept_together.sum())
    breaks = jumps | (((spaced & ~empty) | (gap > _WORD_GAP_EM * g.em)) & ~follows)
    thai = (g.codes >= 0x0E01) & (g.codes <= 0x0E4E)
    _close_letter_spacing(breaks, jumps, gap, hangs, thai, g.em, counts)
    starts = np.flatnonzero(breaks)
    return _pieces(g, base, right, starts, jumps, spaced)


def _right_edges(g: Glyphs, letter: npt.NDArray[np.intp]) -> Floats:
    """Where the advance of each letter with its marks ends.

    Clusters state only their ink; those with sara am lack the advance of its sara aa where that is a glyph of its own.
    """
    right = g.x1.copy()
    # Fonts that know no Thai give marks an advance of their own.
    apart = np.flatnonzero((letter != np.arange(len(g))) & (g.x0 >= g.x1[letter] - 0.02 * g.em) & (g.x0 < g.x1[letter] + g.em))
    np.maximum.at(right, letter[apart], g.x1[apart])
    if not g.cluster.any():
        return right
    last = np.flatnonzero((g.cluster > 0) & (np.append(g.cluster[1:], 0) != g.cluster))
    right[last] += _BEARING_EM * g.em[last]
    ams = last[g.codes[last] == ord(SARA_AM)]
    if len(ams):
        aas = np.flatnonzero((g.codes == ord(SARA_AA)) & (g.cluster == 0))
        advance = float(np.median((g.x1[aas] - g.x0[aas]) / g.em[aas])) if len(aas) else _SARA_AA_EM
        right[ams] += advance * g.em[ams]
    np.maximum.at(right, letter[last], right[last])
    return right


def _close_letter_spacing(breaks: Flags, jumps: Flags, gap: Floats, hangs: Flags, thai: Flags, em: Floats, counts: Counter[str]) -> None:
    """In pieces whose letters are all set apart, only gaps that stand out part words; changes `breaks` in place."""
    edges = [*np.flatnonzero(jumps).tolist(), len(breaks)]
    for start, end in pairwise(edges):
        inner = np.arange(start + 1, end)
        inner = inner[~hangs[start + 1 : end]]
        if len(inner) < 4 or breaks[inner].sum() < _SPACED * len(inner):
            continue
        relative = gap[inner] / em[inner]
        usual = float(np.median(relative))
        if usual < 0.06:
            continue
        # Never between digits: single figures in a row stand as far apart as spaced letters.
        firm = ~(thai[inner] & thai[inner - 1])
        stays = breaks[inner] & (firm | (relative > np.maximum(2.2 * usual, usual + 0.12)))
        counts["letter spacing closed"] += int(breaks[inner].sum() - stays.sum())
        breaks[inner] = stays


def _pieces(g: Glyphs, base: Floats, right: Floats, starts: npt.NDArray[np.intp], jumps: Flags, spaced: Flags) -> list[_Piece]:
    text = g.text()
    ends = [*starts[1:].tolist(), len(g)]
    x0 = np.minimum.reduceat(g.x0, starts).tolist()
    top = np.minimum.reduceat(g.top, starts).tolist()
    x1 = np.maximum.reduceat(right, starts).tolist()
    bottom = np.maximum.reduceat(g.bottom, starts).tolist()
    bases, ems = base[starts].tolist(), g.em[starts].tolist()
    # Only where the flow jumped without a space may two pieces be halves of one word.
    opens = (~jumps[starts] | spaced[starts]).tolist()
    pieces = []
    for at, (start, end) in enumerate(zip(starts.tolist(), ends, strict=True)):
        closes = at + 1 == len(ends) or opens[at + 1]
        pieces.append(_Piece(text[start:end], x0[at], top[at], x1[at], bottom[at], bases[at], ems[at], opens[at], closes))
    return pieces


def _number_lines(pieces: list[_Piece], frame: Frame, knowledge: GlyphKnowledge, counts: Counter[str]) -> tuple[Word, ...]:
    """Words with their visual line, counted from the top; a line is all that stands on one baseline, over columns."""
    words: list[Word] = []
    line: list[_Piece] = []
    number = 0
    for piece in [*sorted(pieces, key=lambda piece: (piece.base, piece.x0)), None]:
        if piece is not None and line and piece.base - line[0].base <= _LINE_EM * min(piece.em, line[0].em):
            line.append(piece)
            continue
        if line:
            number += 1
            for member in _joined(sorted(line, key=lambda member: member.x0)):
                mended = repair(member.text, knowledge)
                for item in mended.repairs:
                    counts[item.name] += item.count
                box = Box(member.x0, member.top, member.x1, member.bottom)
                if not frame.shows(*box.middle):
                    counts["words outside the page left out"] += 1
                elif mended.text:
                    words.append(Word(mended.text, box, number))
        line = [] if piece is None else [piece]
    return tuple(words)


def _joined(line: list[_Piece]) -> list[_Piece]:
    """Pieces of one word that the flow tore apart (a digit set in another font, say) put together again."""
    joined: list[_Piece] = []
    for piece in line:
        last = joined[-1] if joined else None
        touches = last is not None and -0.1 * piece.em < piece.x0 - last.x1 < 0.1 * piece.em
        if last is not None and touches and not (last.closes or piece.opens):
            last.text += piece.text
            last.x1, last.top, last.bottom = max(last.x1, piece.x1), min(last.top, piece.top), max(last.bottom, piece.bottom)
            last.closes = piece.closes
        else:
            joined.append(piece)
    return joined
