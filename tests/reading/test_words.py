"""Glyphs become words: what geometry repairs, on glyphs placed by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from prongsai.reading.frame import Frame
from prongsai.reading.glyphs import Glyphs as Layout
from prongsai.reading.words import Layer, build_layer

from .conftest import Glyphs

FRAME = Frame(0, 0, 600, 800)
BASE = 100.0


@dataclass
class G:
    """A glyph 10 points high; by default its advance is 5 points from the pen."""

    char: str
    ox: float
    x0: float | None = None
    x1: float | None = None
    top: float = BASE - 8
    bottom: float = BASE + 2
    base: float = BASE
    ink: tuple[float, float] | None = None
    cluster: int = 0


def layer(*glyphs: G) -> Layer:
    def floats(values: list[float]) -> np.ndarray:
        return np.array(values, dtype=np.float64)

    count = len(glyphs)
    x0 = [g.ox if g.x0 is None else g.x0 for g in glyphs]
    layout = Layout(
        codes=np.array([ord(g.char) for g in glyphs], dtype=np.uint32),
        x0=floats(x0),
        top=floats([g.top for g in glyphs]),
        x1=floats([left + 5 if g.x1 is None else g.x1 for g, left in zip(glyphs, x0, strict=True)]),
        bottom=floats([g.bottom for g in glyphs]),
        ox=floats([g.ox for g in glyphs]),
        base=floats([g.base for g in glyphs]),
        em=np.full(count, 10.0),
        turn=np.zeros(count, dtype=np.int16),
        ink_top=floats([np.nan if g.ink is None else g.ink[0] for g in glyphs]),
        ink_bottom=floats([np.nan if g.ink is None else g.ink[1] for g in glyphs]),
        cluster=np.array([g.cluster for g in glyphs], dtype=np.int32),
    )
    return build_layer(layout, FRAME, Glyphs())


def run(text: str, start: float = 0.0) -> list[G]:
    return [G(char, start + 5 * at) for at, char in enumerate(text)]


def texts(found: Layer) -> list[str]:
    return [word.text for word in found.words]


def names(found: Layer) -> set[str]:
    return {repair.name for repair in found.repairs}


def test_plain_run() -> None:
    found = layer(*run("คะแนน"))
    assert texts(found) == ["คะแนน"]
    assert found.repairs == ()
    assert found.n_characters == 5


def test_drawn_space_above_the_letters_is_a_lost_nikhahit() -> None:
    # Word maps the ring of sara am to a space: it has ink, above the letters.
    found = layer(G("ด", 0), G(" ", 5, 3, 5, ink=(BASE - 8, BASE - 6)), G("า", 5), G("น", 10))
    assert texts(found) == ["ดำน"]
    assert "lost sara am" in names(found)


def test_empty_space_before_sara_aa_is_no_sara_am() -> None:
    # Letter-spaced lines have true spaces inside words: the letters stay as they are.
    found = layer(G("ภ", 0), G(" ", 5, 5, 6, ink=(BASE, BASE)), G("า", 6), G("ค", 11))
    assert texts(found) == ["ภาค"]


def test_sara_am_without_a_ring_is_sara_aa() -> None:
    found = layer(G("ก", 0), G("ำ", 5, ink=(BASE - 4.3, BASE)), G("ร", 10))
    assert texts(found) == ["การ"]
    assert names(found) == {"sara am printed for sara aa"}


def test_sara_am_with_its_ring_over_the_letter_before_stays() -> None:
    found = layer(G("น", 0), G("ำ", 5, 2, 10, ink=(BASE - 9.2, BASE)))
    assert texts(found) == ["นำ"]
    assert found.repairs == ()


def test_lost_nikhahit_before_ringless_sara_am_is_one_sara_am() -> None:
    found = layer(G("ล", 0), G(" ", 5, 3, 5, ink=(BASE - 8, BASE - 6)), G("ำ", 5, ink=(BASE - 4.3, BASE)), G("ด", 10))
    assert texts(found) == ["ลำด"]


def test_mark_goes_to_the_letter_over_which_it_is_drawn() -> None:
    # pdfium sorts by the pen: the mark of the first letter comes after the second.
    found = layer(G("น", 0), G("ษ", 5), G("ุ", 5.1, 3, 4.5), G("ย", 10))
    assert texts(found) == ["นุษย"]
    assert names(found) == {"marks out of order"}


def test_mark_on_its_letter_is_left_alone() -> None:
    found = layer(G("น", 0), G("ุ", 5, 3, 4.5), G("ษ", 5), G("ย", 10))
    assert texts(found) == ["นุษย"]
    assert found.repairs == ()


def test_mark_after_a_space_returns_to_its_letter() -> None:
    found = layer(G("ท", 0), G(" ", 5, 5, 8), G("ี", 5, 1, 4), G("ก", 8))
    assert texts(found) == ["ที", "ก"]


def test_cluster_told_twice_is_dropped() -> None:
    letter = [G("ช", 0, 0, 2, cluster=1), G("ี", 0, 2, 4, cluster=1)]
    ghost = [G("ช", 5, 2, 3, BASE - 12, BASE - 8, cluster=2), G("ี", 5, 3, 4, BASE - 12, BASE - 8, cluster=2)]
    found = layer(*letter, *ghost, G("ว", 5))
    assert texts(found) == ["ชีว"]
    assert names(found) == {"clusters told twice"}


def test_syllable_said_twice_is_kept() -> None:
    first = [G("ช", 0, 0, 2, cluster=1), G("ี", 0, 2, 4, cluster=1)]
    second = [G("ช", 5, 5, 7, cluster=2), G("ี", 5, 7, 9, cluster=2)]
    assert texts(layer(*first, *second)) == ["ชีชี"]


def test_room_after_a_clustered_sara_am_is_its_sara_aa() -> None:
    # A browser's PDF gives the cluster the box of its consonant alone.
    found = layer(G("ด", 0, 0.5, 2.5, cluster=1), G("ำ", 0, 2.5, 4.5, cluster=1), *run("เน", 9))
    assert texts(found) == ["ดำเน"]


def test_double_strike_is_one_letter() -> None:
    found = layer(G("ก", 0), G("ก", 0.3), G("า", 5))
    assert texts(found) == ["กา"]


def test_wide_gap_parts_words_and_letter_spacing_does_not() -> None:
    spaced = [G(char, 8 * at) for at, char in enumerate("ราชการ")]
    assert texts(layer(*spaced)) == ["ราชการ"]
    assert texts(layer(*run("ราช"), *run("การ", 18))) == ["ราช", "การ"]


def test_private_use_marks_are_unicode_before_words_are_cut() -> None:
    found = layer(G("ข", 0), G("\uf70b", 5, 1, 4), G("อ", 5))
    assert texts(found) == ["ข้อ"]
    assert names(found) == {"private-use glyphs"}


def test_cells_of_one_row_share_a_line_and_stand_left_to_right() -> None:
    right = [G(char, 300 + 5 * at, base=BASE + 1) for at, char in enumerate("๙๘.๕๐")]
    found = layer(*right, *run("i๑"))
    assert [(word.text, word.line) for word in found.words] == [("i๑", 1), ("๙๘.๕๐", 1)]


def test_word_torn_apart_by_the_flow_is_joined() -> None:
    year = [G("๒", 0), G("๕", 5)]
    elsewhere = [G("ก", 0, base=300.0)]
    found = layer(*year, *elsewhere, G("๖", 10), G("๒", 15))
    assert texts(found) == ["๒๕๖๒", "ก"]
