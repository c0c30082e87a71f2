"""Printed codes of questions, decoded against the year's list."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.knowledge import load_knowledge
from prongsai.language.folding import fold
from prongsai.matching.codes.columns import Decoder, Item
from prongsai.matching.codes.tokens import Token, code_token, damaged_token
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
    ],
)
def test_a_column_decides_at_once(prints: list[str], codes: list[str]) -> None:
    tokens = [code_token(fold(printed)) for printed in prints]

    assert _codes([token[0] if token else None for token in tokens]) == codes


@pytest.mark.parametrize(("second", "codes"), [("91.00", ["i1", "i2", "i2", "i4"]), ("95.00", ["i1", "i2", "i3", "i4"])])
def test_a_code_printed_twice_is_a_misprint_where_its_value_is_another(second: str, codes: list[str]) -> None:
    values = ["90.00", "91.00", second, "93.00"]
    items = [Item(_token(printed), value=Decimal(value)) for printed, value in zip(["i1", "i2", "i2", "i4"], values, strict=True)]

    assert [decoded.code for decoded in DECODERS[2568].decode(items)] == codes


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


@settings(max_examples=40, deadline=None)
@given(_clean_columns(), st.data())
def test_rows_that_are_no_questions_change_no_code(column: tuple[int, list[str]], data: st.DataObject) -> None:
    year, codes = column
    items = [Item(_token(code)) for code in codes]
    others = [Item(None), Item(None, fold("ที่มา ระบบประเมินคุณธรรมและความโปร่งใส ข้อมูล ณ วันที่สิบห้าสิงหาคม")), Item(Token("", "�" * 5))]
    places = data.draw(st.lists(st.integers(1, len(codes) - 1), max_size=3, unique=True))
    for place in sorted(places, reverse=True):
        items.insert(place, data.draw(st.sampled_from(others)))
    decoded = DECODERS[year].decode(items)

    assert [one.code for one, item in zip(decoded, items, strict=True) if item.token is not None and item.token.letter] == codes


@settings(max_examples=40, deadline=None)
@given(_clean_columns(), st.randoms(use_true_random=False))
def test_clean_codes_in_any_order_are_never_surely_changed(column: tuple[int, list[str]], draw: random.Random) -> None:
    year, codes = column
    draw.shuffle(codes)
    decoded = DECODERS[year].decode([Item(_token(code)) for code in codes])

    assert [(one.code, code) for one, code in zip(decoded, codes, strict=True) if one.code != code and one.confidence >= 0.9] == []


def test_no_rows_no_codes() -> None:
    assert DECODERS[2568].decode([]) == []


def test_what_a_reader_was_not_sure_of_counts_by_its_probabilities() -> None:
    unsure = Item(_token("i3"), readings=((_token("i3"), 0.55), (_token("i7"), 0.45)))
    column = [Item(_token(code)) for code in ("i5", "i6")]

    assert DECODERS[2568].decode([*column, unsure, Item(_token("i8"))])[2].code == "i7"


def test_two_rows_in_each_others_place_keep_their_codes() -> None:
    assert _codes([_token(code) for code in ("i1", "i2", "i4", "i3", "i5", "i6")]) == ["i1", "i2", "i4", "i3", "i5", "i6"]


def _damaged(text: str, misprints: Mapping[str, list[tuple[str, int]]], draw: random.Random) -> str:
    """A text with every fifth of its glyphs printed wrong: as was counted for it, or as another of the text's own."""
    wrong = {glyph: ([printed for printed, _ in prints], [times for _, times in prints]) for glyph, prints in misprints.items()}
    return "".join(
        glyph if draw.random() >= 0.2 else draw.choices(*wrong[glyph])[0] if glyph in wrong else draw.choice(text) for glyph in text
    )


@pytest.mark.parametrize("has_wording", [False, True])
def test_damaged_columns_are_mostly_right_and_hardly_ever_surely_wrong(has_wording: bool) -> None:
    draw = random.Random(7)
    misprints = {glyph: list(prints) for glyph, prints in KNOWLEDGE.code_misprints.items()}
    right = sure = sure_wrong = rows = 0
    for _ in range(12):
        questions = [question for question in KNOWLEDGE.frameworks[2568].questions if draw.random() > 0.05]
        items = [
            Item(
                damaged_token(fold(_damaged(question.code, misprints, draw))),
                _damaged(fold(question.wording), {}, draw) if has_wording else "",
            )
            for question in questions
        ]
        for question, one in zip(questions, DECODERS[2568].decode(items), strict=True):
            rows += 1
            right += one.code == question.code
            sure += one.confidence >= 0.9
            sure_wrong += one.confidence >= 0.9 and one.code != question.code

    assert right / rows > (0.995 if has_wording else 0.96)
    assert sure / rows > 0.8
    assert sure_wrong / rows < 0.002


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


def test_a_code_alone_is_enough_where_its_neighbours_are_in_order(matched: Callable[..., Matched]) -> None:
    # Its letter was read as a Thai vowel, and nothing of its wording is left.
    found = matched(HEAD + "ข้อ\tประเด็น\tคะแนน\ni๓\tก\t๙๑.๑๑\nโ๔\tฟหกดสวง\t๙๒.๒๒\ni๕\tค\t๙๓.๓๓\ni๖\tง\t๙๔.๔๔\n")

    assert [(mention.code, mention.printed_code) for mention in found.mentions] == [("i3", "i๓"), ("i4", "โ๔"), ("i5", "i๕"), ("i6", "i๖")]
    assert [(row.printed, row.code) for row in found.codes] == [("โ๔", "i4")]
    assert found.codes[0].confidence > 0.9
    assert "order" in found.codes[0].matched_by


def test_a_row_that_lost_its_code_is_a_finding(matched: Callable[..., Matched]) -> None:
    found = matched(HEAD + "ข้อ\tประเด็น\tผล\ni๓\tก\t๙๑.๑๑\n\tฟหกดสวง\t๙๒.๒๒\ni๙\tค\t๙๓.๓๓\ni๑๐\tง\t๙๔.๔๔\n")

    assert [mention.code for mention in found.mentions] == ["i3", "i9", "i10"]
    assert [(finding.check, finding.printed) for finding in found.findings] == [("unmatched-number", "๙๒.๒๒")]


def test_a_question_whose_score_was_not_read_is_a_finding(matched: Callable[..., Matched]) -> None:
    rows = [f"i{number}\tประเด็น {number}\t{'' if number == 3 else f'9{number}.00'}" for number in range(1, 6)]
    found = matched(HEAD + "ข้อ\tประเด็น\tคะแนน\n" + "\n".join(rows) + "\n")

    assert [mention.code for mention in found.mentions] == ["i1", "i2", "i4", "i5"]
    assert [(finding.check, finding.subject) for finding in found.findings] == [("unscored-code", "i3")]


def test_an_indicator_whose_score_was_not_read_is_a_finding(matched: Callable[..., Matched]) -> None:
    names = ["การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "การใช้ทรัพย์สินของราชการ", "การแก้ไขปัญหาการทุจริต"]
    rows = [f"{name}\t{'' if at == 1 else f'9{at}.00'}" for at, name in enumerate(names)]
    found = matched(HEAD + "ตัวชี้วัด\tคะแนน\n" + "\n".join(rows) + "\n")

    assert [(finding.check, finding.subject) for finding in found.findings] == [("unscored-code", "ind2")]


def test_a_list_of_questions_without_scores_is_no_finding(matched: Callable[..., Matched]) -> None:
    rows = [f"i{number}\tประเด็น {number}\t" for number in range(1, 6)]
    found = matched(HEAD + "ข้อ\tประเด็น\tมาตรการ\n" + "\n".join(rows) + "\n")

    assert found.findings == ()


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


def test_zeros_for_letters_in_a_table_in_words_of_its_own_are_of_its_section() -> None:
    """The list of FY2563 has wordings for OIT and none for e1 to e10: words of the agency's own must not tell for these."""
    decoder = Decoder(KNOWLEDGE.frameworks[2563], KNOWLEDGE)
    rows = [Item(Token("0", str(number)), fold(f"รายการข้อมูลด้านการเปิดเผยข้อมูล รายการที่ {number}"), "ind9", "OIT") for number in range(1, 31)]

    assert [one.code for one in decoder.decode(rows)] == [f"o{number}" for number in range(1, 31)]
