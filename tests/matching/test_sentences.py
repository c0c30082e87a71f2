"""Paragraphs that are one sentence cut in two are read as one; others stay apart."""

from __future__ import annotations

import pytest

from prongsai.matching.sentences import whole_sentences
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Block, Box, Cell, Paragraph, Passage, Place, Run, Table


def _paragraph(text: str, line: int | None = None, page: int = 1) -> Paragraph:
    """A paragraph at a line of given text, or in a box of a page."""
    place = Place(page, None, line) if line is not None else Place(page, Box(50, 50, 500, 62))
    return Paragraph(Passage(text, (Run(0, len(text), place),)), place)


def _texts(blocks: list[Block], words: Vocabulary) -> list[str]:
    return [block.text if isinstance(block, Paragraph) else "table" for block in whole_sentences(blocks, words)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ตัวชี้วัดการใช้อำนาจ ได้คะแนน", "เท่ากับร้อยละ ๙๕.๒๐ คะแนน"),
        ("ตัวชี้วัดการใช้อำนาจ ได้คะแนน", "๙๕.๒๐"),
        ("ผลการประเมิน ประจำปีงบประมาณ", "พ.ศ. ๒๕๖๗ อยู่ในระดับดี"),
        ("ผลการประเมิน ประจำปีงบประมาณ พ.", "ศ. ๒๕๖๗"),
        ("i๑ เจ้าหน้าที่ปฏิบัติงานตามขั้นตอน", "มากน้อยเพียงใด ได้ ๙๕.๒๐ คะแนน"),
    ],
)
def test_a_sentence_cut_in_two_is_made_whole(before: str, after: str, words: Vocabulary) -> None:
    assert _texts([_paragraph(before, 1), _paragraph(after, 2)], words) == [f"{before} {after}"]
    assert _texts([_paragraph(before), _paragraph(after, page=2)], words) == [f"{before} {after}"]  # over a page break


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ตัวชี้วัดการใช้อำนาจ", "ตัวชี้วัดการใช้งบประมาณ ได้คะแนน ๙๕.๒๐ คะแนน"),
        ("i๑ เจ้าหน้าที่ปฏิบัติงาน", "i๒ เจ้าหน้าที่ไม่เลือกปฏิบัติ ได้ ๙๕.๒๐ คะแนน"),
        ("i๑ เจ้าหน้าที่ปฏิบัติงาน ๙๐.๐๐", "หัวข้ออื่น ได้ ๙๕.๒๐ คะแนน"),  # it has its score
        ("ประจำปีงบประมาณ", "เงินงบประมาณ ๒๕๖๗ บาท"),
    ],
)
def test_two_sentences_stay_two(before: str, after: str, words: Vocabulary) -> None:
    assert _texts([_paragraph(before, 1), _paragraph(after, 2)], words) == [before, after]


def test_nothing_is_joined_over_an_empty_line_a_far_page_or_a_table(words: Vocabulary) -> None:
    before, after = "การใช้อำนาจ ได้คะแนน", "๙๕.๒๐ คะแนน"
    table = Table(1, (Cell(0, 0, Passage("ก"), Place(1)), Cell(0, 1, Passage("ข"), Place(1))), 1, 2)

    assert _texts([_paragraph(before, 1), _paragraph(after, 3)], words) == [before, after]
    assert _texts([_paragraph(before), _paragraph(after, page=3)], words) == [before, after]
    assert _texts([_paragraph(before, 1), table, _paragraph(after, 2)], words) == [before, "table", after]


def test_words_keep_their_places_in_a_whole_sentence(words: Vocabulary) -> None:
    whole = next(iter(whole_sentences([_paragraph("การใช้อำนาจ ได้คะแนน", 7), _paragraph("๙๕.๒๐ คะแนน", 8)], words)))
    assert isinstance(whole, Paragraph)
    at = whole.text.index("๙๕.๒๐")

    assert whole.passage.locate(0, 5) == Place(1, None, 7)
    assert whole.passage.locate(at, at + 5) == Place(1, None, 8)


def test_three_lines_of_one_sentence(words: Vocabulary) -> None:
    lines = ["ผลการประเมิน ประจำปีงบประมาณ", "พ.ศ. ๒๕๖๗ การใช้อำนาจ ได้คะแนน", "เท่ากับ ๙๕.๒๐ คะแนน"]

    assert _texts([_paragraph(text, at) for at, text in enumerate(lines, 1)], words) == [" ".join(lines)]
