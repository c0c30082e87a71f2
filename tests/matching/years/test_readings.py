"""Years read off images: what the rest of the document supports is taken, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.language.numerals import to_thai
from prongsai.matching import match
from prongsai.matching.match import Matched
from prongsai.matching.vocabulary import Vocabulary, vocabulary
from prongsai.matching.years.readings import settle_years
from prongsai.records import UNREAD, Block, Candidate, Cell, Kind, Options, Paragraph, Passage, Place, Reader, Run, Source, Table

Odds = dict[str, float]
HERE = Place(1, None, 1)


def seen(before: str, odds: Odds, behind: str = "", is_read: bool = True) -> Passage:
    """A line with one numeral in it that was read off an image: its likeliest reading, or unread."""
    best = max(odds, key=lambda text: odds[text], default=UNREAD)
    text = best if is_read else UNREAD
    candidates = tuple(Candidate(each, odds[each]) for each in sorted(odds, key=lambda each: -odds[each]))
    run = Run(len(before), len(before) + len(text), HERE, odds.get(best, 0.0), None if is_read else best, candidates, "reader")
    runs = [part for part in (Run(0, len(before), HERE, 0.9), run) if part.end > part.start]
    if behind:
        runs.append(Run(run.end, run.end + len(behind), HERE, 0.9))
    return Passage(before + text + behind, tuple(runs), Reader.OCR)


def line(*args: str | Odds, is_read: bool = True) -> Paragraph:
    before, odds, *behind = args
    assert isinstance(before, str)
    assert isinstance(odds, dict)
    return Paragraph(seen(before, odds, "".join(map(str, behind)), is_read), HERE)


def table(*rows: Sequence[Passage]) -> Table:
    cells = tuple(Cell(row, column, passage, HERE) for row, line in enumerate(rows) for column, passage in enumerate(line))
    return Table(1, cells, len(rows), len(rows[0]))


def plain(text: str) -> Passage:
    return Passage(text, (Run(0, len(text), HERE, 0.9),), Reader.OCR)


HEAD = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. "
SURE = {"๒๕๖๘": 0.98}


def settled(blocks: Sequence[Block], words: Vocabulary) -> list[str]:
    return [block.text for block in settle_years(blocks, words)[0] if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("odds", "is_read", "text"),
    [
        ({"๒๕๖๕": 0.7, "๒๕๖๘": 0.25}, True, "๒๕๖๘"),  # the document says 2568 and nowhere 2565
        ({"๒๕๖๘": 0.5, "๒๕๖๕": 0.45}, False, "๒๕๖๘"),
        ({"๒๕๖๕": 0.97, "๒๕๖๘": 0.02}, True, "๒๕๖๕"),  # seen too clearly
        ({"๒๕๖๕": 0.9, "๒๕๖๘": 0.09}, True, UNREAD),  # neither is likely enough
        ({"๒๕๖๑": 0.5, "๒๕๖๕": 0.4}, False, UNREAD),
        ({}, False, UNREAD),
    ],
)
def test_a_doubtful_year_is_the_one_that_the_document_names(odds: Odds, is_read: bool, text: str, words: Vocabulary) -> None:
    found = settled([line(HEAD, SURE), line(HEAD, SURE), line(HEAD, odds, " ครับ", is_read=is_read)], words)

    assert found == [HEAD + "๒๕๖๘", HEAD + "๒๕๖๘", f"{HEAD}{text} ครับ"]


def test_what_was_decided_is_told(words: Vocabulary) -> None:
    blocks = [line(HEAD, SURE), line(HEAD, SURE), line(HEAD, {"๒๕๖๕": 0.7, "๒๕๖๘": 0.25}), line(HEAD, {"๒๕๖๓": 0.9, "๒๕๖๘": 0.09})]
    changed, opened = settle_years(blocks, words)[1]

    assert (changed.printed, changed.year, changed.candidates) == ("๒๕๖๕", 2568, (2565, 2568))
    assert changed.confidence >= 0.9
    assert (opened.printed, opened.year) == ("๒๕๖๓", None)


def test_a_lone_year_stays_as_sure_as_it_was_read(words: Vocabulary) -> None:
    blocks, readings = settle_years([line(HEAD, {"๒๕๖๘": 0.8, "๒๕๖๙": 0.1})], words)

    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].text == HEAD + "๒๕๖๘"
    assert 0.8 <= (blocks[0].passage.confidence(len(HEAD), len(HEAD) + 4) or 0) < 0.95
    assert readings == []


def test_a_reading_in_other_digits_than_the_page_counts_less(words: Vocabulary) -> None:
    numbers = [line("การใช้อำนาจ ", {f"๙{nth}.๐๐".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")): 0.99}) for nth in range(6)]
    doubtful = line(HEAD, {"2565": 0.5, "๒๕๖๘": 0.4}, is_read=False)

    assert settled([doubtful], words) == [HEAD + UNREAD]
    assert settled([*numbers, line(HEAD, {"๒๕๖๘": 0.7}), doubtful], words)[-1] == HEAD + "๒๕๖๘"


def test_columns_side_by_side_have_different_years(words: Vocabulary) -> None:
    year = {"๒๕๖๗": 0.6, "๒๕๖๘": 0.38}
    header = [plain("ตัวชี้วัด"), seen("", year), seen("", SURE)]
    body = [plain("การใช้อำนาจ"), plain("80.00"), plain("90.00")]
    (found,), _ = settle_years([table(header, body)], words)

    assert isinstance(found, Table)
    assert [cell.text for cell in found.cells[:3]] == ["ตัวชี้วัด", "๒๕๖๗", "๒๕๖๘"]


def test_several_years_that_stand_alone_are_not_trusted(words: Vocabulary) -> None:
    report = [line(HEAD, SURE) for _ in range(4)]
    strays = [line(HEAD, {year: 0.99}) for year in ("๒๕๖๒", "๒๕๖๓", "๒๕๖๕")]

    assert settled([*report, strays[0]], words)[-1] == HEAD + "๒๕๖๒"
    assert settled([*report, *strays], words)[-3:] == [HEAD + UNREAD] * 3
    trend = table([plain("ปี"), *(seen("", {f"๒๕๖{digit}": 0.99}) for digit in "๒๓๔๕")])
    (found,) = (block for block in settle_years([*report, trend], words)[0] if isinstance(block, Table))
    assert [cell.text for cell in found.cells] == ["ปี", "๒๕๖๒", "๒๕๖๓", "๒๕๖๔", "๒๕๖๕"]


def test_dates_and_scores_are_left_alone(words: Vocabulary) -> None:
    blocks = [line(HEAD, SURE), line("๑๕ สิงหาคม ", {"๒๕๖๕": 0.7, "๒๕๖๘": 0.25}), line("การใช้อำนาจ ", {"๒๕.๖๘": 0.7, "๒๕๖๘": 0.2})]

    assert settle_years(blocks, words) == (blocks, []) or settled(blocks, words) == [block.text for block in blocks]


@given(st.integers(2563, 2568), st.booleans(), st.floats(0.51, 0.99))
def test_what_is_read_surely_and_alike_everywhere_is_kept(year: int, is_thai: bool, sure: float) -> None:
    printed = to_thai(str(year)) if is_thai else str(year)
    blocks = [line(HEAD, {printed: round(sure, 2)}) for _ in range(3)]

    assert settled(blocks, vocabulary(load_knowledge())) == [HEAD + printed] * 3


def _matched(blocks: Sequence[Block], knowledge: Knowledge) -> Matched:
    return match(Source("scan.pdf", "0" * 64, Kind.PDF, 1), blocks, Options(), knowledge)


def test_the_sureness_of_a_year_bounds_that_of_its_scores(knowledge: Knowledge) -> None:
    blocks = [line(HEAD, {"๒๕๖๘": 0.8, "๒๕๖๙": 0.1}), Paragraph(plain("การใช้อำนาจ ได้คะแนน 90.00 คะแนน"), HERE)]
    (mention,) = _matched(blocks, knowledge).mentions

    assert mention.fiscal_year == 2568
    assert mention.year_confidence is not None
    assert 0.8 <= mention.year_confidence < 0.9
    assert mention.confidence == mention.year_confidence


def test_an_open_year_is_no_other_year_of_the_document(knowledge: Knowledge) -> None:
    header = [plain("ตัวชี้วัด"), seen("ปี ", {}, is_read=False), seen("ปี ", SURE)]
    body = [plain("การใช้อำนาจ"), plain("80.00"), plain("90.00")]
    found = _matched([line(HEAD, SURE), table(header, body)], knowledge)

    assert [(mention.fiscal_year, mention.year_from) for mention in found.mentions] == [(None, "unread"), (2568, "column")]
    assert [finding.check for finding in found.findings] == ["year-unread"]
