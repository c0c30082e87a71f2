"""Fiscal years: what is one, which is the document's, and from which evidence a score has its own."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.knowledge import load_knowledge
from prongsai.language.folding import fold, fold_with_index
from prongsai.language.numerals import to_thai
from prongsai.matching.match import Matched
from prongsai.matching.vocabulary import Vocabulary, vocabulary
from prongsai.matching.years.years import UNREAD_HIT, bare_year, caption_year, document_years, find_years, result_year
from prongsai.records import UNREAD, MentionKind, Passage

CASES = [{"name": name} | case for name, case in tomllib.loads((Path(__file__).parent / "years.toml").read_text("utf-8")).items()]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("ปีงบประมาณ พ.ศ. ๒๕๖๘", [2568]),
        ("ประจำปี พ.ศ.2567", [2567]),
        ("2567", [2567]),
        ("ปี 67", [2567]),
        ("ปี 2024", [2567]),
        ("ค.ศ. 2025", [2568]),
        ("Fiscal Year 2025", [2568]),
        ("B.E. 2568", [2568]),
        ("ปีงบฯ ๖๗", [2567]),
        ("ปีงบประมาณ '๖๘", [2568]),
        ("ปีงบประมาณ 2568/2025", [2568]),
        ("ปีงบประมาณ พ.ศ. 2565, 2566 และ 2567", [2565, 2566, 2567]),
        ("ปี 67 และ 68", [2567, 2568]),
        ("ปี 67 และ 85 คะแนน", [2567]),  # a score of 85
        ("ปีงบประมาณ พ.ศ. ๒ ๕ ๖ ๗", [2567]),
        ("FY2025", [2568]),
        ("ปี 2566 และ 2567", [2566, 2567]),
        ("67", []),
        ("2024", []),
        ("15 สิงหาคม 2567", []),  # a date
        ("๓๐ ก.ย. ๒๕๖๗", []),
        ("พ.ศ. 2566-2570", []),  # a plan's range
        ("ปี 2566 – 2570", []),
        ("พ.ศ. 2566 ถึง พ.ศ. 2570", []),
        ("ปี 2540", []),
        ("โทร 02-2567", []),
        ("25.67", []),
        ("2567.5", []),
        ("2,567", []),
        ("25678", []),
    ],
)
def test_years_in_text(text: str, years: list[int], words: Vocabulary) -> None:
    assert [hit.year for hit in find_years(text, words)] == years


@given(st.integers(2562, 2572), st.booleans(), st.sampled_from(["ปีงบประมาณ พ.ศ. {}", "ปี {}", "ประจำปี {}", "พ.ศ. {}"]))
def test_a_year_is_read_in_either_digits_and_stands_where_it_is_printed(year: int, is_thai: bool, form: str) -> None:
    printed = to_thai(str(year)) if is_thai else str(year)
    text = f"ผลการประเมิน {form.format(printed)} ของหน่วยงาน"
    hits = list(find_years(text, vocabulary(load_knowledge())))

    assert [(hit.year, hit.is_named, text[hit.start : hit.end]) for hit in hits] == [(year, True, printed)]


@pytest.mark.parametrize(
    ("text", "is_comparison"),
    [("เพิ่มขึ้นจากปี 2566", True), ("เปรียบเทียบกับปีงบประมาณ พ.ศ. 2566", True), ("ผลคะแนนปี 2566", False), ("ในปี 2566", False)],
)
def test_a_year_that_another_is_compared_with(text: str, is_comparison: bool, words: Vocabulary) -> None:
    assert [hit.is_comparison for hit in find_years(text, words)] == [is_comparison]


def test_an_unread_year_is_one_only_where_it_is_asked_for(words: Vocabulary) -> None:
    text = f"ปีงบประมาณ พ.ศ. {UNREAD} ได้ {UNREAD} คะแนน"

    assert list(find_years(text, words)) == []
    assert [(hit.year, text[hit.start : hit.end]) for hit in find_years(text, words, with_unread=True)] == [(UNREAD_HIT, UNREAD)]


@pytest.mark.parametrize(("printed", "year"), [("67", 2567), ("(๖๗)", 2567), ("2024", 2567), ("2567", 2567), ("95", None), ("67.5", None)])
def test_a_bare_year(printed: str, year: int | None) -> None:
    assert bare_year(fold(printed)) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("ตารางที่ 1 คะแนน ITA ปี 2566", 2566),
        ("ตารางที่ 1 ผลคะแนน ปี 2566 และปี 2567", 2566),  # the first that its result is of
        ("คะแนน ITA ปี 2566 และปี 2567", None),  # one of two
        ("เป้าหมายคะแนน ITA ปี 2569", None),
        ("คะแนน ITA ปี 2566 ได้ 90.10 คะแนน", None),  # a sentence
    ],
)
def test_year_of_a_caption(text: str, year: int | None, words: Vocabulary, passage: Callable[[str], Passage]) -> None:
    said = caption_year(passage(text), words)

    assert (None if said is None else said.year) == year


def test_the_years_of_a_document_and_how_sure_they_are(words: Vocabulary) -> None:
    one = document_years(["ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567"], words)
    two = document_years(["ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567", "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568"], words)

    assert (one.result, one.confidence, one.named) == (2567, None, frozenset({2567}))
    assert (two.result, two.confidence, two.named) == (2567, 0.5, frozenset({2567, 2568}))


@pytest.mark.parametrize(
    ("texts", "result", "own"),
    [
        (["ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567"], 2567, 2567),
        (["มาตรการส่งเสริมคุณธรรม ประจำปีงบประมาณ พ.ศ. 2569", "จากผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568"], 2568, 2569),
        (["ลงวันที่ 15 สิงหาคม 2567"], None, None),
        (["ผลการประเมิน ITA", "2567"], None, None),  # a bare number says nothing of the document
        ([], None, None),
    ],
)
def test_year_of_a_document(texts: list[str], result: int | None, own: int | None, words: Vocabulary) -> None:
    found = document_years(texts, words)

    assert (found.result, found.own) == (result, own)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("มาตรการส่งเสริมคุณธรรม ปีงบประมาณ พ.ศ. 2569 จากผลการประเมิน ปีงบประมาณ พ.ศ. 2568", 2568),
        ("ผลการประเมิน ปีงบประมาณ พ.ศ. 2568 ไปสู่แผนปฏิบัติ ปีงบประมาณ พ.ศ. 2569", 2568),
        ("แผนปฏิบัติการ ปีงบประมาณ พ.ศ. 2569", None),
        ("ปีงบประมาณ พ.ศ. 2568", None),
    ],
)
def test_year_of_a_result(text: str, year: int | None, words: Vocabulary) -> None:
    folded = fold_with_index(text)

    said = result_year(folded, list(find_years(folded, words)), words)

    assert (None if said is None else said.year) == year


ITA = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n"


@pytest.mark.parametrize(
    ("text", "said", "years"),
    [
        ("ตัวชี้วัด\tปี 2566\tปี 2567\nการใช้อำนาจ\t80.00\t90.00\n", "column", [2566, 2567]),
        ("ปี\tIIT\tOIT\n2565\t80.00\t90.00\n", "row", [2565, 2565]),
        (ITA + "ตัวชี้วัด\tคะแนน\nปี 2566\t\nการใช้อำนาจ\t80.00\nปี 2567\t\nการใช้อำนาจ\t90.00\n", "section", [2566, 2567]),
        (ITA + "ตัวชี้วัดการใช้อำนาจ ในปี 2565 ได้คะแนน 80.00 คะแนน\n", "sentence", [2565]),
        (ITA + "ตัวชี้วัดการใช้อำนาจ ได้คะแนน 80.00 คะแนน ในปีงบประมาณ พ.ศ. 2565\n", "sentence", [2565]),
        ("ตารางที่ 1 ผลการประเมิน ปีงบประมาณ พ.ศ. 2566\nตัวชี้วัด\tคะแนน\nการใช้อำนาจ\t80.00\n", "caption", [2566]),
        ("ปีงบประมาณ พ.ศ. 2565\nตัวชี้วัดการใช้อำนาจ ได้คะแนน 80.00 คะแนน\n", "section", [2565]),
    ],
)
def test_year_and_its_evidence(text: str, said: str, years: list[int], matched: Callable[..., Matched]) -> None:
    mentions = matched(text).mentions

    assert [mention.fiscal_year for mention in mentions] == years
    assert {mention.year_from for mention in mentions} == {said}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_layouts_of_years(case: dict[str, Any], matched: Callable[..., Matched]) -> None:
    mentions = matched(case["text"].lstrip("\n")).mentions
    said = [f"{mention.fiscal_year} {mention.code} {mention.value}" for mention in mentions if mention.kind is MentionKind.SCORE]

    assert sorted(said) == sorted(case["want"])


def test_a_year_that_cannot_be_is_a_finding(matched: Callable[..., Matched]) -> None:
    found = matched("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2658\nตัวชี้วัด\tคะแนน\nการใช้อำนาจ\t90.00\n")

    assert [mention.fiscal_year for mention in found.mentions] == [None]
    assert [(finding.check, finding.printed) for finding in found.findings] == [("year-impossible", "2658"), ("year-unknown", "")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("๘ ธันวาคม ๒๕๖๔", ["2564"]),
        ("๘ พ.ค. พ.ศ. ๒๕๖๔", ["2563"]),
        ("๘ สิงหาคม ๒๕๖๕", []),
        ("๘ ธันวาคม ๒๕๖๔ และวันที่ ๑ กรกฎาคม ๒๕๖๕", []),
    ],
)
def test_a_result_before_it_can_have_come_out(day: str, expected: list[str], matched: Callable[..., Matched]) -> None:
    text = f"ผลการประเมิน ITA ปีงบประมาณ พ.ศ. ๒๕๖๕\nการใช้อำนาจ ได้คะแนน 90.00 คะแนน\nจากการประชุม เมื่อวันที่ {day} มีมติดังนี้\n"
    found = [finding for finding in matched(text).findings if finding.check == "year-too-early"]

    assert [finding.expected for finding in found] == expected
    assert all((finding.subject, finding.printed) == ("ITA", "2565") for finding in found)


def test_the_user_says_the_year_where_the_document_does_not(matched: Callable[..., Matched]) -> None:
    text = "ตัวชี้วัด\tคะแนน\nการใช้อำนาจ\t80.00\n"
    told, untold = matched(text, fiscal_year=2566), matched(text)

    assert [(mention.fiscal_year, mention.year_from) for mention in told.mentions] == [(2566, "option")]
    assert [(mention.fiscal_year, mention.year_from) for mention in untold.mentions] == [(None, "")]
    assert told.findings == ()
    assert [finding.check for finding in untold.findings] == ["year-unknown"]


def test_the_document_is_believed_over_the_user(matched: Callable[..., Matched]) -> None:
    found = matched(ITA + "ตัวชี้วัด\tคะแนน\nการใช้อำนาจ\t80.00\n", fiscal_year=2560)

    assert [mention.fiscal_year for mention in found.mentions] == [2567]
