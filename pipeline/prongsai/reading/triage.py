"""Whether a page's text layer can be trusted: named signals that cost nothing, and a dictionary where they raise doubt."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from prongsai.language.repair import SARA_AM, TONE_MARKS, count_defects, tally
from prongsai.reading.drawing import Drawing
from prongsai.reading.words import Layer
from prongsai.records import Repair

_FEW_CHARACTERS = 80
"""Fewer than this beside a picture of half the page are its page number and footer."""
_PAGE_PICTURE = 0.5
_BLANK_COVER = 0.02
_OUTLINE_PATHS = 150
"""A page without text and with this many paths is lettering turned into outlines; ruled forms have fewer."""
_READABLE = 0.8
"""Share of a sample in words of the dictionary. Measured on 110 pages of ten documents: sound and repaired layers
0.95-1.00; without any tone mark 0.90-0.94 (kept: its digits are better than those of OCR); one letter in five wrong
0.79-0.87; shifted or shuffled letters 0.17-0.37; letters set apart by spaces 0."""
_SAMPLE = 400

_CONSONANT = re.compile(f"[{chr(0x0E01)}-{chr(0x0E2E)}]")
_THAI = re.compile(f"[{chr(0x0E01)}-{chr(0x0E4E)}]")
_TONE = re.compile(f"[{TONE_MARKS}]")
_LATIN = re.compile(r"[A-Za-z\xc0-\xff]")
_PLAUSIBLE = re.compile(r"\W*(?:[A-Z]?[a-z]+|[A-Z]+|[A-Z]?\d+|(?:[A-Za-z]\.)+)\W*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of a page's text layer."""

    is_kept: bool
    label: str
    """In a few words, for the page's row: `good`, `repaired`, `no text`, `lost tone marks` ..."""
    defects: tuple[Repair, ...] = ()
    """What is still wrong with it, by name and count."""
    is_old_ocr: bool = False
    """The layer is what somebody's OCR read off the picture above it."""
    is_blank: bool = False
    """Nothing is printed there: neither text nor picture."""


def judge(layer: Layer, drawing: Drawing) -> Verdict:
    """Keeps a layer that reads as Thai, English or numbers; sends to OCR what is a picture, an old OCR or rubbish."""
    if layer.n_characters == 0:
        is_blank = drawing.image_cover < _BLANK_COVER and drawing.n_paths < _OUTLINE_PATHS
        return Verdict(is_blank, "blank" if is_blank else "no text", is_blank=is_blank)
    if drawing.image_cover > _PAGE_PICTURE and (drawing.hidden_text_share > 0.5 or drawing.is_text_under_image):
        # Thai numerals in such layers are the guesses of a model that cannot print five of the ten digits.
        return Verdict(False, "text of an earlier OCR under a picture", is_old_ocr=True)
    if layer.n_characters < _FEW_CHARACTERS and drawing.image_cover > _PAGE_PICTURE:
        return Verdict(False, "a picture with little text")
    text = " ".join(word.text for word in layer.words)
    defects = count_defects(text)
    doubts = find_doubts(text, defects, layer)
    if doubts and (share := readable_share(text)) is not None and share < _READABLE:
        return Verdict(False, ", ".join(doubts), tally(defects))
    if "no words of any language" in doubts:
        return Verdict(False, ", ".join(doubts), tally(defects))
    label = "repaired" if layer.repairs or defects else "good"
    return Verdict(True, ", ".join([label, *(doubt for doubt in doubts if doubt.startswith("lost"))]), tally(defects))


def find_doubts(text: str, defects: Counter[str], layer: Layer) -> list[str]:
    """Cheap signals that a layer may not say what the page shows; empty for a sound one."""
    size = max(len(text), 1)
    words = text.split()
    consonants = len(_CONSONANT.findall(text))
    unmapped = sum(count for name, count in defects.items() if name.startswith(("unmapped", "replacement")))
    doubts = []
    if unmapped > 0.01 * size:
        doubts.append("unmapped glyphs")
    if defects["words that begin with a mark"] > 0.02 * len(words) + 2:
        doubts.append("marks without letters")
    # Every seventh or eighth consonant of Thai prose carries a tone mark; tables of names have half as many.
    if consonants >= 150 and len(_TONE.findall(text)) < 0.05 * consonants:
        doubts.append("lost tone marks")
    if consonants >= 600 and SARA_AM not in text:
        doubts.append("lost sara am")
    single = sum(1 for word in words if len(word) == 1 and _CONSONANT.match(word))
    if single > 0.25 * len(words) and single > 20:
        doubts.append("letter-spaced")
    if any(repair.name in ("Thai read as Latin-1", "private-use glyphs") for repair in layer.repairs):
        doubts.append("a font without a character map")
    if _is_rubbish(text, words):
        doubts.append("no words of any language")
    return doubts


def _is_rubbish(text: str, words: list[str]) -> bool:
    """Latin letters that form no words: what OCR for English makes of Thai, or a font of pictures."""
    latin, thai = len(_LATIN.findall(text)), len(_THAI.findall(text))
    if latin < 100 or thai > 0.2 * latin:
        return False
    lettered = [word for word in words if _LATIN.search(word)]
    return sum(1 for word in lettered if _PLAUSIBLE.fullmatch(word)) < 0.6 * len(lettered)


def readable_share(text: str) -> float | None:
    """Share of the Thai letters of a sample (400 from the middle) that stand in words of two letters or more of the
    dictionary, 0-1; None where there is too little Thai to tell.
    """
    from pythainlp.tokenize import word_tokenize

    thai = "".join(re.findall(f"[{chr(0x0E01)}-{chr(0x0E4E)} ]+", text)).strip()
    start = max(0, (len(thai) - _SAMPLE) // 2)
    sample = thai[start : start + _SAMPLE]
    letters = len(sample.replace(" ", ""))
    if letters < 60:
        return None
    known = _dictionary()
    tokens = word_tokenize(sample, engine="newmm", keep_whitespace=False)
    return sum(len(token) for token in tokens if len(token) > 1 and token in known) / letters


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    from pythainlp.corpus.common import thai_words

    return frozenset(thai_words())
