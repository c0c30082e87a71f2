from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from prongsai.layout.passages import glue, join_passages, passage_of
from prongsai.records import Box, Page, Reader, Word

PAGE = Page(3, 595.0, 842.0, Reader.OCR, "v1")


def test_prose_in_thai_letters_joins_lines_without_a_space_and_digits_with_one() -> None:
    assert glue("หน่วย", "งาน") == ""
    assert glue("ร้อยละ", "๙๙.๘๘") == " "
    assert glue("๒๕๖๘", "คะแนน") == " "
    assert glue("score", "คะแนน") == " "


def test_confidence_and_claims_stay_with_their_words() -> None:
    words = [Word("IIT", Box(0, 0, 9, 9), 1, 0.9), Word("\ufffd", Box(20, 0, 29, 9), 1, 0.4, "๕๐.๕๕")]
    passage = passage_of([words], PAGE)
    assert passage.text == "IIT \ufffd"
    assert (passage.confidence(4, 5), passage.read_as(4, 5)) == (0.4, "๕๐.๕๕")
    assert (passage.reader, passage.reader_version) == (Reader.OCR, "v1")


@given(st.lists(st.lists(st.text("กาi๑5.", min_size=1, max_size=6), max_size=5), max_size=4), st.booleans())
def test_every_run_marks_exactly_its_word(lines: list[list[str]], is_prose: bool) -> None:
    words = [[Word(text, Box(n, n, n + 1, n + 1), n) for n, text in enumerate(line)] for line in lines]
    passage = passage_of(words, PAGE, is_prose=is_prose)
    flat = [text for line in lines for text in line]
    assert [passage.text[run.start : run.end] for run in passage.runs] == flat
    assert "".join(passage.text.split()) == "".join(flat)
    doubled = join_passages(passage, passage, " ")
    assert [doubled.text[run.start : run.end] for run in doubled.runs] == flat * 2


def test_joining_with_nothing_changes_nothing(paper: Any) -> None:
    passage, empty = passage_of([paper.words("a b", 0, 0)], PAGE), passage_of([], PAGE)
    assert join_passages(passage, empty, " ") == passage
    assert join_passages(empty, passage, " ") == passage
