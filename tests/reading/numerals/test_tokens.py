"""From class probabilities to tokens."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.reading.network.paths import Glyph
from prongsai.reading.numerals import Shape, Token
from prongsai.reading.numerals.shapes import grammar_of
from prongsai.reading.numerals.tokens import read_tokens

from .conftest import frames_of


def tokens(text: str, paper: float = 0.3, doubts: Mapping[int, Mapping[str, float]] | None = None) -> list[Token]:
    """The tokens of a line that reads so, with this much paper (line heights) at each space."""

    def gap(left: Glyph, right: Glyph) -> float:
        return paper

    read, _ = read_tokens(frames_of(text, doubts=doubts), grammar_of(), gap, lambda claimed: claimed)
    return [token for _, token in read]


def texts(text: str, paper: float = 0.3) -> list[str]:
    """The texts of the tokens, `#` for words however many stand together."""
    found = ["#" if token.is_word else token.text for token in tokens(text, paper)]
    return [one for at, one in enumerate(found) if one != "#" or found[:at][-1:] != ["#"]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("๙๗.๓๒", ["๙๗.๓๒"]),
        ("i๑ ๙๗.๓๒ ๙๘.๐๐", ["i๑", "๙๗.๓๒", "๙๘.๐๐"]),
        ("o ๑๓ #####", ["o๑๓", "#"]),
        ("(o ๑๓) i ๑. #", ["(o๑๓)", "i๑.", "#"]),
        ("+ ๑๐.๕๙", ["+๑๐.๕๙"]),
        ("#### - ๑.๑๓", ["#", "-๑.๑๓"]),
        ("๘๕.๐๐ - ๙๔.๙๙", ["๘๕.๐๐", "-", "๙๔.๙๙"]),
        ("๙๗. ๓๒", ["๙๗.๓๒"]),
        ("๙๗ .๓๒", ["๙๗.๓๒"]),
        ("+๐. ๒๓", ["+๐.๒๓"]),
        ("+๘ .๘๕", ["+๘.๘๕"]),
        ("+ ๓,๑๒", ["+๓,๑๒"]),
        ("๕ .๘๕", ["๕", ".๘๕"]),
        ("๑. ๑๒", ["๑.", "๑๒"]),
        ("##### ### ##", ["#"]),
        ("##### (IIT) ###", ["#", "(IIT)", "#"]),
        ("###(EIT)", ["#", "(EIT)"]),
        ("##### EIT๑๐๐.๐๐", ["#", "EIT", "๑๐๐.๐๐"]),
        ("####EIT๑๐๐.๐๐", ["#", "EIT", "๑๐๐.๐๐"]),
        ("EIT1", ["EIT1"]),
        ("EIT ๒,OIT ๙๗.๓๒IIT", ["EIT", "๒,", "OIT", "๙๗.๓๒", "IIT"]),
        ("i๑๐๑๐๐.๐๐ ๙๐.๘๙๖๕.๓๘+๑.๐๕", ["i๑๐", "๑๐๐.๐๐", "๙๐.๘๙", "๖๕.๓๘", "+๑.๐๕"]),
        ("๙๕.๐๐-๑๐๐.๐๐", ["๙๕.๐๐-๑๐๐.๐๐"]),
        ("#######๙๘.๕๐", ["#", "๙๘.๕๐"]),
        ("###:๙๘.๕๐", ["#", "๙๘.๕๐"]),
        ("๑.#######", ["๑.", "#"]),
        ("###๑###", ["#"]),
        ("๕#### ###๓", ["#", "๓"]),
        ("##I## E##", ["#"]),
        ("### o ### ..", ["#"]),
        ("๒๕๖๘", ["๒๕๖๘"]),
        ("~~~~ ~~", ["#"]),
        ("", []),
        ("   ", []),
    ],
)
def test_cutting(line: str, expected: list[str]) -> None:
    assert texts(line) == expected


def test_wide_paper_keeps_columns_apart() -> None:
    assert texts("+ ๑๐.๕๙", paper=3.0) == ["+", "๑๐.๕๙"]
    assert texts("๙๗. ๓๒", paper=3.0) == ["๙๗.", "๓๒"]


scores = st.decimals(min_value=1, max_value=100, places=2).map(lambda value: f"{value}")


@settings(deadline=None)
@given(
    scores,
    st.dictionaries(st.integers(0, 3), st.dictionaries(st.sampled_from("๐๑๒๓"), st.floats(0.05, 0.2), min_size=1, max_size=2), max_size=3),
)
def test_candidates_are_sorted_and_probabilities_fit(score: str, doubts: dict[int, dict[str, float]]) -> None:
    for token in tokens(score, doubts=doubts):
        probabilities = [candidate.probability for candidate in token.candidates]
        assert token.is_word or (token.candidates[0].text, token.candidates[0].probability) == (token.text, token.probability)
        assert probabilities == sorted(probabilities, reverse=True)
        assert sum(probabilities) <= 1 + 1e-6


def test_doubt_is_spread_over_the_candidates() -> None:
    (token,) = tokens("๙๑.๕๐", doubts={1: {"๓": 0.3}})
    assert token.probability == pytest.approx(0.7, abs=0.03)
    assert [candidate.text for candidate in token.candidates[:2]] == ["๙๑.๕๐", "๙๓.๕๐"]


def test_zero_in_the_other_script_or_as_a_letter_is_no_doubt() -> None:
    (score,) = tokens("๙๐.๕๐", doubts={1: {"0": 0.45}})
    assert score.text == "๙๐.๕๐"
    assert score.probability > 0.98
    (code,) = tokens("o๑๓", doubts={0: {"๐": 0.3, "O": 0.2}})
    assert code.text == "o๑๓"
    assert code.probability > 0.98


def test_a_lost_point_is_weighed_against_what_is_printed() -> None:
    (token,) = tokens("๙๗.๓๒", doubts={2: {"": 0.6}})
    assert token.text == "๙๗.๓๒"
    assert token.probability < 0.9
    (sure,) = tokens("๙๗๓๒")
    assert (sure.text, sure.shape, sure.is_trusted) == ("๙๗๓๒", Shape.ODD, False)
    assert sure.probability < 0.9


def test_both_scripts_in_one_numeral_are_suspect() -> None:
    (token,) = tokens("๙๘.5๐")
    assert token.text == "๙๘.5๐"
    assert token.probability <= 0.5
    assert {"๙๘.๕๐", "98.50"} <= {candidate.text for candidate in token.candidates}


def test_a_numeral_with_a_glyph_not_made_out_is_seen_and_not_read() -> None:
    (token,) = tokens("๘#.๒๗", doubts={1: {"๗": 0.3, "๓": 0.2}})
    assert (token.text, token.is_word) == ("๘๗.๒๗", False)
    assert token.probability <= 0.3
    (token,) = tokens("#8.43", doubts={0: {"": 0.2, "9": 0.2}})
    assert token.probability <= 0.3


def test_what_touches_a_doubtful_word_is_less_sure() -> None:
    _, token = tokens("#####๗.๒๗", doubts={4: {"๘": 0.3}})
    assert token.text == "๗.๒๗"
    assert token.probability < 0.75


def test_a_glyph_not_made_out_before_a_numeral_may_be_its_letter() -> None:
    doubts = {0: {"e": 0.3, "o": 0.2}}
    assert tokens("# ๑๑", doubts=doubts)[-1].probability < 0.6
    assert tokens("# ๑๑", doubts=doubts, paper=3.0)[-1].probability > 0.9
    assert tokens("##### ๑๑", doubts={4: {"e": 0.3}})[-1].probability > 0.9
    assert tokens("# ๑๑")[-1].probability > 0.9


def test_a_line_that_begins_with_a_space_lacks_what_stood_before_it() -> None:
    first, second = tokens(" ๘.๕๙ ๙๗.๓๒")
    assert (first.text, first.probability < 0.1) == ("๘.๕๙", True)
    assert second.probability > 0.9


def test_an_unsure_word_stands_apart_from_sure_ones() -> None:
    assert [round(token.probability, 1) for token in tokens("#### ## ####", doubts={5: {"๓": 0.4}, 6: {"๓": 0.4}})] == [1.0, 0.6, 1.0]


def test_a_digit_that_may_be_a_word_is_less_sure() -> None:
    (token,) = tokens("๙๗.๓๒", doubts={4: {"#": 0.3}})
    assert token.text == "๙๗.๓๒"
    assert token.probability < 0.75


@settings(deadline=None)
@given(st.text(st.sampled_from("# "), max_size=20))
def test_words_alone_give_no_numerals(line: str) -> None:
    assert all(token.is_word for token in tokens(line))


def test_a_ring_that_may_stand_on_its_head_is_no_doubt() -> None:
    (token,) = tokens("๑๐๐.๐๐", doubts={1: {"~": 0.5}, 2: {"~": 0.3, "0": 0.3}, 5: {"o": 0.3, "O": 0.3}})
    assert token.text == "๑๐๐.๐๐"
    assert token.probability > 0.98


def test_a_space_that_may_be_there_is_no_doubt_in_a_code() -> None:
    for line in ("i ๑๐", "+ ๑.๐๕", "๙๗. ๓๒", "E IT"):
        (token,) = tokens(line, doubts={line.index(" "): {"": 0.6}})
        assert token.text == line.replace(" ", "")
        assert token.probability > 0.98


def test_a_space_that_may_be_there_leaves_two_numbers_in_doubt() -> None:
    (token,) = tokens("๑๐ ๑๐", doubts={2: {"": 0.6}})
    assert token.probability < 0.7


def test_a_year_behind_an_abbreviation_stands_though_its_letters_are_doubtful() -> None:
    token = tokens("#.#.๒๕๖๘", doubts={0: {"๓": 0.2}, 2: {"๓": 0.05}})[-1]
    assert token.text == "๒๕๖๘"
    assert token.probability > 0.9


def test_share_of_glyphs_on_their_heads() -> None:
    _, flipped = read_tokens(frames_of("~~~ #"), grammar_of(), lambda left, right: 0.0, lambda claimed: claimed)
    assert flipped == 0.75
