"""From class probabilities to texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.reading.network.paths import best_path, softmax
from prongsai.reading.numerals.alphabet import ALPHABET
from prongsai.reading.numerals.decode import clear, likely_texts

from .conftest import frames_of

texts = st.text(st.sampled_from(ALPHABET[1:]), max_size=12)


@settings(deadline=None)
@given(texts)
def test_best_path_gives_back_the_text(text: str) -> None:
    assert "".join(glyph.character for glyph in best_path(frames_of(text), ALPHABET)) == text


@settings(deadline=None)
@given(texts, st.sampled_from([0.9995, 0.97]))
def test_likeliest_text_is_the_one_that_the_frames_hold(text: str, sure: float) -> None:
    found = likely_texts(frames_of(text, sure))
    assert max(found, key=lambda one: found[one]) == text
    assert sum(found.values()) <= 1 + 1e-6


def test_glyphs_know_their_frames() -> None:
    first, second = best_path(frames_of("๑๑"), ALPHABET)
    assert (first.start, first.end, second.start, second.end) == (1, 3, 5, 7)


def test_a_doubtful_glyph_leaves_both_texts() -> None:
    found = likely_texts(frames_of("๙๑.๕๐", doubts={1: {"๓": 0.3}}))
    assert found["๙๑.๕๐"] == pytest.approx(0.7, abs=0.02)
    assert found["๙๓.๕๐"] == pytest.approx(0.3, abs=0.02)


def test_a_glyph_that_may_be_missing_leaves_both_texts() -> None:
    found = likely_texts(frames_of("๑๐๐", doubts={2: {"": 0.4}}))
    assert found["๑๐"] == pytest.approx(0.4, abs=0.02)


def test_many_doubts_keep_the_beam_within_its_width() -> None:
    doubts = {at: {"๓": 0.25, "๗": 0.2} for at in range(6)}
    found = likely_texts(frames_of("๑๑๑๑๑๑", doubts=doubts))
    assert len(found) <= 12
    assert max(found, key=lambda one: found[one]) == "๑๑๑๑๑๑"


def test_nothing_in_no_frames() -> None:
    nothing = np.empty((0, len(ALPHABET)), np.float32)
    assert best_path(nothing, ALPHABET) == []


def test_probabilities_add_up_and_temperature_evens_them_out() -> None:
    logits = np.array([[0.0, 4.0, 1.0]], np.float32)
    sharp, even = softmax(logits, 1.0), softmax(logits, 2.0)
    assert sharp.sum() == pytest.approx(1)
    assert even.max() < sharp.max()


def test_a_glyph_on_its_head_in_an_upright_line_is_cleared() -> None:
    cleared, flipped = clear(frames_of("๑๐๐.~๐", doubts={4: {"๐": 0.3}}))
    assert flipped == pytest.approx(1 / 6)
    assert "".join(glyph.character for glyph in best_path(cleared, ALPHABET)) == "๑๐๐.๐๐"
    assert cleared.sum(axis=1) == pytest.approx(1)


def test_a_line_on_its_head_stays_so() -> None:
    cleared, flipped = clear(frames_of("~~~๐~"))
    assert flipped == pytest.approx(0.8)
    assert "".join(glyph.character for glyph in best_path(cleared, ALPHABET)) == "~~~๐~"


def test_rings_read_by_halves_are_one_glyph() -> None:
    frames = frames_of("๙๐")
    frames[6, ALPHABET.index("0")], frames[6, ALPHABET.index("๐")] = frames[6, ALPHABET.index("๐")], frames[6, ALPHABET.index("0")]
    frames[5] = 0.6 * frames[5] + 0.4 * frames[6]
    assert "".join(glyph.character for glyph in best_path(frames, ALPHABET)) == "๙๐0"
    assert "".join(glyph.character for glyph in best_path(clear(frames)[0], ALPHABET)) in ("๙๐", "๙0")
