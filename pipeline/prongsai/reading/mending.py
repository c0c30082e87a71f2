"""Repairs of a text layer that need to see where the characters stand: what text alone cannot tell.

A space with ink above the letters is a nikhahit whose code was lost; a sara am without a ring is a sara aa; a cluster
whose consonant has no ink on the line is a cluster told twice; a mark belongs to the letter under or over which it is
drawn, whatever the order in which pdfium gives it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

from prongsai.language.repair import MARKS, NIKHAHIT, SARA_AA, SARA_AM, GlyphKnowledge, as_thai_bytes
from prongsai.reading.glyphs import NO_BREAK_SPACE, SPACE, Flags, Glyphs

_MARK_CODES = [ord(mark) for mark in MARKS]
_LATIN_SHARE = 0.25
"""Share of Latin-1 letters among a page's letters from which its fonts are taken to be Thai without a map."""
_RING_EM = 0.63
"""Height above the baseline, in font sizes, that only a ring reaches."""
_LINE = 120
"""Glyphs of a line at most, among which a mark's letter is looked for."""
_NEARBY = 12
"""Glyphs within which a cluster told twice stands again; pdfium sorts them at most a few letters apart."""


def is_mark(codes: npt.NDArray[np.uint32]) -> Flags:
    """Which characters are written over or under others."""
    return np.isin(codes, _MARK_CODES)


def is_space(codes: npt.NDArray[np.uint32]) -> Flags:
    """Which characters are spaces."""
    found: Flags = (codes == SPACE) | (codes == NO_BREAK_SPACE)
    return found


def is_consonant(codes: npt.NDArray[np.uint32]) -> Flags:
    """Which characters are Thai consonants."""
    found: Flags = (codes >= 0x0E01) & (codes <= 0x0E2E)
    return found


def mend(glyphs: Glyphs, knowledge: GlyphKnowledge) -> tuple[Glyphs, Counter[str]]:
    """The glyphs with their codes and order put right, and which repairs were made how often."""
    counts: Counter[str] = Counter()
    if not len(glyphs):
        return glyphs, counts
    glyphs = _translate_private(_translate_latin(glyphs, counts), counts, knowledge)
    for step in (_restore_nikhahit, _restore_sara_aa, _drop_repeats, _reattach_marks):
        glyphs = step(glyphs, counts)
    return glyphs, counts


def _translate_latin(glyphs: Glyphs, counts: Counter[str]) -> Glyphs:
    """Thai fonts without a character map come out as Latin-1 letters; the bytes are those of TIS-620."""
    codes = glyphs.codes
    latin = (codes >= 0xA1) & (codes <= 0xFB) & ((codes <= 0xDA) | (codes >= 0xDF))
    letters = int((is_consonant(codes) | latin | ((codes >= 0x41) & (codes <= 0x7A))).sum())
    if not latin.any() or latin.sum() < 10 or latin.sum() < _LATIN_SHARE * letters:
        return glyphs
    counts["Thai read as Latin-1"] += int(latin.sum())
    table = np.array([ord(as_thai_bytes(chr(code))) for code in range(256)], dtype=np.uint32)
    return glyphs.with_codes(np.where(latin, table[np.minimum(codes, 255)], codes).astype(np.uint32))


def _translate_private(glyphs: Glyphs, counts: Counter[str], knowledge: GlyphKnowledge) -> Glyphs:
    """Private-use glyphs as Unicode; one that stands for several characters is left to the repair of the word."""
    private = (glyphs.codes >= 0xE000) & (glyphs.codes <= 0xF8FF)
    if not private.any():
        return glyphs
    codes = glyphs.codes.copy()
    for position in np.flatnonzero(private).tolist():
        known = knowledge.glyphs.get(chr(codes[position]), "")
        if len(known) == 1:
            codes[position] = ord(known)
            counts["private-use glyphs"] += 1
    return glyphs.with_codes(codes)


def _restore_nikhahit(glyphs: Glyphs, counts: Counter[str]) -> Glyphs:
    """A space that is drawn, above the letters: the nikhahit of a sara am, as Word writes it with many Thai fonts."""
    height = glyphs.ink_bottom - glyphs.ink_top
    with np.errstate(invalid="ignore"):
        drawn = is_space(glyphs.codes) & (height > 0.08 * glyphs.em) & (glyphs.ink_bottom < glyphs.base - 0.3 * glyphs.em)
    if not drawn.any():
        return glyphs
    counts["lost sara am"] += int(drawn.sum())
    return glyphs.with_codes(np.where(drawn, ord(NIKHAHIT), glyphs.codes).astype(np.uint32))


def _restore_sara_aa(glyphs: Glyphs, counts: Counter[str]) -> Glyphs:
    """A sara am without a ring: its font maps sara aa to sara am, as many fonts of spreadsheets do.

    The ring hangs over the letter before, left of the pen, and above it: letters are 0.43 (Sarabun) to 0.60 em (TLWG)
    high, rings reach 0.64 and 0.92 em.
    """
    with np.errstate(invalid="ignore"):
        no_overhang = glyphs.x0 >= glyphs.ox - 0.02 * glyphs.em
        ringless = no_overhang & (glyphs.base - glyphs.ink_top < _RING_EM * glyphs.em)
    ringless &= (glyphs.codes == ord(SARA_AM)) & (glyphs.cluster == 0)
    if not ringless.any():
        return glyphs
    counts["sara am printed for sara aa"] += int(ringless.sum())
    return glyphs.with_codes(np.where(ringless, ord(SARA_AA), glyphs.codes).astype(np.uint32))


def _drop_repeats(glyphs: Glyphs, counts: Counter[str]) -> Glyphs:
    """Clusters that a browser's PDF tells twice (once for the letter, once for its raised mark), and double strikes."""
    dropped = _ghosts(glyphs, counts)
    struck = np.zeros(len(glyphs), dtype=np.bool_)
    struck[1:] = (
        (glyphs.codes[1:] == glyphs.codes[:-1])
        # Two letters of one ligature stand at one and the same point.
        & ((glyphs.ox[1:] != glyphs.ox[:-1]) | (glyphs.base[1:] != glyphs.base[:-1]))
        & (np.abs(glyphs.ox[1:] - glyphs.ox[:-1]) < 0.08 * glyphs.em[1:])
        & (np.abs(glyphs.base[1:] - glyphs.base[:-1]) < 0.08 * glyphs.em[1:])
        & ~is_space(glyphs.codes[1:])
        & (glyphs.cluster[1:] == 0)
        & (glyphs.turn[1:] == 0)
    )
    if struck.any():
        counts["double strikes"] += int(struck.sum())
        dropped |= struck
    return glyphs.take(~dropped) if dropped.any() else glyphs


def _ghosts(glyphs: Glyphs, counts: Counter[str]) -> Flags:
    """Clusters that stand nearby with the same text and are drawn elsewhere than their consonant.

    A browser's PDF tells a cluster's text for each of its glyphs, and pdfium gives it again where it sorted other
    letters between them: for a raised mark (ink off the line), for sara am and for marks on both sides (ink over that of
    the first telling, which no syllable said twice has).
    """
    dropped = np.zeros(len(glyphs), dtype=np.bool_)
    number = glyphs.cluster
    starts = np.flatnonzero((number > 0) & (np.concatenate(([0], number[:-1])) != number) & is_consonant(glyphs.codes))
    if not len(starts):
        return dropped
    off_line = (glyphs.bottom < glyphs.base - 0.3 * glyphs.em) | (glyphs.top > glyphs.base - 0.05 * glyphs.em)
    ends = np.searchsorted(number[number > 0], number[starts], side="right")
    ends = np.flatnonzero(number > 0)[ends - 1] + 1
    text = glyphs.text()
    spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
    for at, (start, end) in enumerate(spans):
        word = text[start:end]
        for twin, twin_end in reversed(spans[max(0, at - _NEARBY) : at]):
            if text[twin:twin_end] != word or abs(glyphs.base[twin] - glyphs.base[start]) > glyphs.em[start] or dropped[twin]:
                continue
            overlaps = glyphs.x0[start] < glyphs.x1[twin_end - 1] - 0.05 * glyphs.em[start]
            # The vowel of a consonant and sara am is a glyph of its own behind it, and tells the pair again there.
            is_vowel_of_pair = SARA_AM in word and glyphs.x0[start] - glyphs.x1[twin_end - 1] < 0.3 * glyphs.em[start]
            if start - twin > _NEARBY or not (off_line[start] or overlaps or is_vowel_of_pair):
                continue
            dropped[start:end] = True
            counts["clusters told twice"] += 1
            break
    return dropped


def _reattach_marks(glyphs: Glyphs, counts: Counter[str]) -> Glyphs:
    """Marks that pdfium gives after the wrong letter: it sorts by the pen, and a mark's pen stands where the next begins."""
    marks = is_mark(glyphs.codes) & (glyphs.cluster == 0) & (glyphs.turn == 0)
    positions = np.arange(len(glyphs))
    letters = ~is_mark(glyphs.codes) & ~is_space(glyphs.codes)
    before = np.maximum.accumulate(np.where(letters, positions, -1))
    middle = (glyphs.x0 + glyphs.x1) / 2
    held = (before >= 0) & (middle >= glyphs.x0[before]) & (middle <= glyphs.x1[before])
    lonely = np.zeros(len(glyphs), dtype=np.bool_)
    lonely[1:] = is_space(glyphs.codes[:-1])
    astray = np.flatnonzero(marks & (~held | lonely))
    if not len(astray):
        return glyphs
    keys = positions.astype(np.float64)
    for position in astray.tolist():
        home = _home(glyphs, letters, position, middle[position])
        if home is None:
            continue
        after = home
        while after + 1 < len(glyphs) and marks[after + 1] and after + 1 != position:
            after += 1
        if after + 1 == position:
            continue
        keys[position] = after + 0.5
        counts["marks out of order"] += 1
    return glyphs.take(np.argsort(keys, kind="stable"))


def _home(glyphs: Glyphs, letters: Flags, position: int, middle: Any) -> int | None:
    """The letter over or under which the mark at `position` is drawn: one of the nearest three before or after it, else
    any on the same baseline; LibreOffice writes the marks of a line after its letters.
    """
    before, after = range(position - 1, max(-1, position - _LINE), -1), range(position + 1, min(len(glyphs), position + _LINE))
    for steps, most, reach in ((before, 3, 0.8), (after, 3, 0.8), (before, _LINE, 0.3), (after, _LINE, 0.3)):
        seen = 0
        for candidate in steps:
            if not letters[candidate]:
                continue
            seen += 1
            if seen > most or abs(glyphs.base[candidate] - glyphs.base[position]) > reach * glyphs.em[position]:
                break
            consonant = 0x0E01 <= glyphs.codes[candidate] <= 0x0E2E
            if consonant and glyphs.x0[candidate] <= middle <= glyphs.x1[candidate]:
                return candidate
    return None
