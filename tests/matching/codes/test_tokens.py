"""Question codes as they are printed: where they begin and end, and why they are not as they should be."""

from __future__ import annotations

import pytest

from prongsai.language.folding import fold, fold_with_index
from prongsai.matching.codes.tokens import (
    Token,
    code_token,
    codes_in_text,
    damaged_token,
    is_canonical,
    ordinal_token,
    ranges_in_text,
    reason_for,
    zero_codes_in_text,
)
from prongsai.matching.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("printed", "token", "rest"),
    [
        ("i๑", Token("i", "1"), ""),
        ("I ๑๒", Token("i", "12"), ""),
        ("๐๑ โครงสร้าง", Token("", "01"), "โครงสร้าง"),
        ("o 12 ข่าว", Token("o", "12"), "ข่าว"),
        ("[5", Token("[", "5"), ""),
        ("(๑) ก", Token("", "1"), ") ก"),
        ("11 ประเด็น", Token("", "11"), "ประเด็น"),
    ],
)
def test_a_cell_begins_with_a_code(printed: str, token: Token, rest: str) -> None:
    found = code_token(fold(printed))

    assert found is not None
    assert found[0] == token
    assert fold(printed)[found[1] :] == fold(rest)


@pytest.mark.parametrize("printed", ["97.61", "๙๗.๖๑", "1.", "2568", "๒๕๖๘", "95%", "100", "e-service", "คะแนน", "", "1,234"])
def test_a_number_is_no_code(printed: str) -> None:
    assert code_token(fold(printed)) is None


def test_list_numbers_are_ordinals() -> None:
    assert ordinal_token(fold("(๑) ก")) == (Token("", "1"), 3)
    assert ordinal_token(fold("๒. ข")) == (Token("", "2"), 2)
    assert ordinal_token(fold("i๑")) is None


def test_codes_in_running_text(words: Vocabulary) -> None:
    folded = fold_with_index("ข้อ i๑ และ O๒๕ (i4-i6) ฉบับที่ e12.5 ของ SEO1 และ ๐๘")

    assert [token for _, _, token in codes_in_text(folded)] == [Token("i", "1"), Token("o", "25"), Token("i", "4"), Token("i", "6")]
    assert [folded.text[start:end] for start, end in ranges_in_text(folded.text, words.code_range)] == ["i4-i6"]
    assert [token for _, _, token in zero_codes_in_text(folded)] == [Token("0", "8")]


@pytest.mark.parametrize(
    ("token", "printed", "code", "reason"),
    [
        (Token("0", "1"), "๐๑", "o1", "letter-as-zero"),
        (Token("", "028"), "๐๒๘", "o28", "letter-as-zero"),
        (Token("", "11"), "๑๑", "i1", "letter-as-one"),
        (Token("i", "20"), "i๒๐", "i10", "digit-misprinted"),
        (Token("o", "25"), "O๒๕", "o25", "capital"),
        (Token("e", "6"), "E๖", "e6", "capital"),
        (Token("", "10"), "๑๐", "i10", "letter-lost"),
        (Token("i", "1"), "i ๑", "i1", "spacing"),
        (Token("l", "1"), "l๑", "i1", "letter-misprinted"),
        (Token("l", "7"), "l๗", "i1", "misprinted"),
        (None, "", "i1", "no-code"),
    ],
)
def test_reasons(token: Token | None, printed: str, code: str, reason: str) -> None:
    assert reason_for(token, printed, code) == reason


@pytest.mark.parametrize(
    ("printed", "is_so"), [("i๑", True), ("i1", True), ("i 1", True), ("I1", False), ("๐๑", False), ("1", False), ("i2", False)]
)
def test_canonical_print(printed: str, is_so: bool) -> None:
    code = "o1" if printed == "๐๑" else "i1"

    assert is_canonical(printed, code) is is_so


@pytest.mark.parametrize(
    ("printed", "token"),
    [
        ("โ๔", Token("โ", "4")),
        ("i.๕", Token("i", "5")),
        ("๑o", Token("", "1o")),
        ("o๑\N{REPLACEMENT CHARACTER}", Token("o", "1\N{REPLACEMENT CHARACTER}")),
        ("", None),
        ("รวมทั้งหมด", None),
    ],
)
def test_a_short_cell_may_be_a_damaged_code(printed: str, token: Token | None) -> None:
    assert damaged_token(fold(printed)) == token


@pytest.mark.parametrize(
    ("text", "ranges"),
    [("i๑–i๓", ["i1-i3"]), ("ข้อ o๑ ถึง o๒๐ และ e๑", ["o1ถึงo20"]), ("e1 - 3", ["e1-3"]), ("o1 และ o3", []), ("95.00-100.00", [])],
)
def test_ranges_of_codes(text: str, ranges: list[str], words: Vocabulary) -> None:
    folded = fold(text)

    assert [folded[start:end] for start, end in ranges_in_text(folded, words.code_range)] == ranges
