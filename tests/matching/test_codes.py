"""Printed codes of questions, decoded against the year's list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.knowledge import load_knowledge
from prongsai.language.folding import fold, fold_with_index
from prongsai.matching.codes import (
    Decoder,
    Item,
    Token,
    code_token,
    codes_in_text,
    is_canonical,
    ordinal_token,
    ranges_in_text,
    reason_for,
    zero_codes_in_text,
)
from prongsai.matching.match import Matched

KNOWLEDGE = load_knowledge()
DECODERS = {year: Decoder(KNOWLEDGE.frameworks[year], KNOWLEDGE) for year in (2565, 2567, 2568)}


def _token(code: str) -> Token:
    return Token(code[0], code[1:])


def _codes(prints: list[Token | None], year: int = 2568, indicator: str = "") -> list[str]:
    return [decoded.code for decoded in DECODERS[year].decode([Item(token, indicator=indicator) for token in prints])]


@st.composite
def _clean_columns(draw: st.DrawFn) -> tuple[int, list[str]]:
    """A year, and a run of its codes as a table prints them."""
    year = draw(st.sampled_from(sorted(DECODERS)))
    codes = [question.code for question in DECODERS[year].questions]
    first = draw(st.integers(0, len(codes) - 3))
    return year, codes[first : draw(st.integers(first + 3, len(codes)))]


@settings(max_examples=40, deadline=None)
@given(_clean_columns())
def test_decoding_a_clean_column_changes_nothing(column: tuple[int, list[str]]) -> None:
    year, codes = column
    decoded = DECODERS[year].decode([Item(_token(code)) for code in codes])

    assert [one.code for one in decoded] == codes


@settings(max_examples=40, deadline=None)
@given(_clean_columns(), st.data())
def test_one_lost_code_in_a_clean_column_is_found_again(column: tuple[int, list[str]], data: st.DataObject) -> None:
    year, codes = column
    at = data.draw(st.integers(1, len(codes) - 2))
    if codes[at - 1][0] != codes[at + 1][0]:
        return  # which instrument the row is of is open
    prints: list[Token | None] = [_token(code) for code in codes]
    prints[at] = Token("", codes[at][1:])  # its letter is lost

    assert _codes(prints, year) == codes


@pytest.mark.parametrize(
    ("prints", "codes"),
    [
        (["๐๑", "๐๒", "๐๓"], ["o1", "o2", "o3"]),
        (["o๒๗", "๐๒๘"], ["o27", "o28"]),
        (["i๑", "๑๒", "i๓"], ["i1", "i2", "i3"]),  # ๑ for i
        (["l๔", "|๕", "[๖"], ["i4", "i5", "i6"]),
        (["i๙", "i๒๐", "i๑๑"], ["i9", "i10", "i11"]),
        (["i14", "i15", "e1"], ["i14", "i15", "e1"]),
        (["E๖", "E๗", "E๘"], ["e6", "e7", "e8"]),
        (["i1", "i2", "i2", "i4"], ["i1", "i2", "i3", "i4"]),  # one printed twice
    ],
)
def test_a_column_decides_at_once(prints: list[str], codes: list[str]) -> None:
    tokens = [code_token(fold(printed)) for printed in prints]

    assert _codes([token[0] if token else None for token in tokens]) == codes


def test_wording_decides_where_the_print_does_not() -> None:
    question = next(question for question in DECODERS[2568].questions if question.code == "o8")
    decoded = DECODERS[2568].decode([Item(None, fold(question.wording))])[0]

    assert (decoded.code, decoded.matched_by) == ("o8", ("wording",))
    assert decoded.confidence > 0.9


def test_section_decides_between_letters() -> None:
    assert _codes([Token("", "1")], indicator="ind6") == ["e1"]
    assert _codes([Token("", "1")], indicator="ind1") == ["i1"]
    assert _codes([Token("", "1")], indicator="ind9") == ["o1"]


def test_value_printed_elsewhere_decides() -> None:
    alone, backed = (
        DECODERS[2568].decode([Item(Token("o", "48"))])[0],
        DECODERS[2568].decode([Item(Token("o", "48"), value_codes=frozenset({"o18"}))])[0],
    )

    assert backed.code == "o18"
    assert "value" in backed.matched_by
    assert backed.confidence > max(0.9, alone.confidence)


def test_nothing_printed_and_no_wording_is_never_sure() -> None:
    assert all(decoded.confidence <= 0.3 for decoded in DECODERS[2568].decode([Item(None)] * 3))


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


def test_codes_in_running_text() -> None:
    folded = fold_with_index("ข้อ i๑ และ O๒๕ (i4-i6) ฉบับที่ e12.5 ของ SEO1 และ ๐๘")

    assert [token for _, _, token in codes_in_text(folded)] == [_token("i1"), _token("o25"), _token("i4"), _token("i6")]
    assert [folded.text[start:end] for start, end in ranges_in_text(folded.text)] == ["i4-i6"]
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


HEAD = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\n"


def test_codes_table_of_a_column(matched: Callable[..., Matched]) -> None:
    rows = "ข้อ\tคะแนน\ni๙\t๙๐.๐๐\n๑๐\t๙๑.๐๐\nI๑๑\t๙๒.๐๐\ni๑๒\t๙๓.๐๐\n"
    found = matched(HEAD + rows)

    assert [(row.printed, row.code, row.reason) for row in found.codes] == [("๑๐", "i10", "letter-lost"), ("I๑๑", "i11", "capital")]
    assert [mention.code for mention in found.mentions] == ["i9", "i10", "i11", "i12"]


def test_a_lone_clean_code_in_a_table_names_its_score(matched: Callable[..., Matched]) -> None:
    # Its posterior alone is 0.41: most digits can be a misread one.
    found = matched(HEAD + "เครื่องมือ\tข้อ\tคะแนน\nEIT\te1\t90.00\nOIT\to1\t50.00\n")

    assert [(mention.code, str(mention.value)) for mention in found.mentions] == [("e1", "90.00"), ("o1", "50.00")]
    assert all(mention.confidence is not None and mention.confidence >= 0.9 for mention in found.mentions)
    assert found.codes == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["หมายเหตุ", "ที่มา : ระบบ ITAS", "", "ข้อมูล ณ วันที่ 15 สิงหาคม 2568"])), max_size=4))
def test_rows_that_are_no_questions_change_nothing(added: list[tuple[int, str]]) -> None:
    from prongsai.layout import lay_out
    from prongsai.matching import match
    from prongsai.reading.given import read_given_page
    from prongsai.records import Kind, Options, Source

    def scores(lines: list[str]) -> list[tuple[str, str]]:
        blocks = lay_out([read_given_page(HEAD + "\n".join(lines), 1, KNOWLEDGE)]).blocks
        mentions = match(Source("a.txt", "0" * 64, Kind.TEXT, 1), blocks, Options(), KNOWLEDGE).mentions
        return [(mention.code, mention.printed_value) for mention in mentions]

    rows = [f"i{number}\tประเด็นที่ {'กขคงจ'[number]}\t{90 + number}.00" for number in range(1, 5)]
    more = list(rows)
    for at, note in added:
        more.insert(at, f"\t{note}\t")
    header = "ข้อ\tประเด็น\tคะแนน"

    assert scores([header, *more]) == scores([header, *rows]) == [(f"i{number}", f"{90 + number}.00") for number in range(1, 5)]
