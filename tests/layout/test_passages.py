from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from prongsai.layout.passages import glue, join_passages, passage_of
from prongsai.records import Box, Candidate, Page, Reader, Word

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


NUMERAL = (Candidate("(๙๗.๓๒)", 0.9), Candidate("(๙๗.๘๒)", 0.05), Candidate("๑๙๗.๓๒)", 0.01))


def test_readings_and_reader_stay_with_the_numeral() -> None:
    words = [Word("รวม", Box(0, 0, 9, 9), 1, 0.9), Word("(๙๗.๓๒)", Box(20, 0, 29, 9), 1, 0.9, None, NUMERAL, "numerals 1")]
    passage = join_passages(passage_of([], PAGE), passage_of([words], PAGE), " ")
    assert passage.version(4, 11) == "numerals 1"
    assert passage.version(0, 3) == "v1"
    assert passage.candidates(4, 11) == NUMERAL


def test_readings_of_a_part_are_those_that_agree_around_it() -> None:
    passage = passage_of([[Word("(๙๗.๓๒)", Box(20, 0, 29, 9), 1, 0.9, None, NUMERAL)]], PAGE)
    assert passage.candidates(1, 6) == (Candidate("๙๗.๓๒", 0.9), Candidate("๙๗.๘๒", 0.05))


def test_readings_of_several_words_do_not_combine() -> None:
    words = [Word(text, Box(x, 0, x + 9, 9), 1, 0.9, None, (Candidate(text, 0.9),)) for x, text in ((0, "๙๗."), (10, "๓๒"))]
    assert passage_of([words], PAGE).candidates(0, 6) == ()
