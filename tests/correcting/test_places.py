"""An answer finds its number again, whatever is read there by now, and no other one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prongsai.correcting.places import find_place
from prongsai.records import Asked, Box, Verdict

from .conftest import MENTION, answer

ANSWER = answer(Verdict.CONFIRM)
RIGHT = replace(MENTION, mention_id="d:2", box=Box(135, 200, 165, 215))
GIVEN = replace(MENTION, box=None)


@pytest.mark.parametrize(
    "now",
    [
        MENTION,
        replace(MENTION, printed_value="๙๓.๑๑"),
        replace(MENTION, printed_value="", value=None),
        replace(MENTION, box=Box(99.2, 201, 128.8, 216)),
        replace(MENTION, box=Box(80, 195, 160, 220)),
    ],
)
def test_it_is_found_by_its_box_whatever_is_read_there(now: object) -> None:
    assert find_place(ANSWER, [RIGHT, now]) is now  # type: ignore[list-item]


@pytest.mark.parametrize(
    "other", [RIGHT, replace(MENTION, page=4), replace(MENTION, box=None), replace(MENTION, box=Box(100, 214, 130, 229))]
)
def test_what_stands_elsewhere_is_another_number(other: object) -> None:
    assert find_place(ANSWER, [other]) is None  # type: ignore[list-item]


def test_of_two_numbers_in_one_box_it_is_the_one_that_is_printed_alike() -> None:
    twin = replace(MENTION, mention_id="d:2", printed_value="๙๑.๐๐")
    assert find_place(ANSWER, [twin, MENTION]) is MENTION
    assert find_place(replace(ANSWER, printed="95.66"), [twin, MENTION]) is MENTION
    assert find_place(replace(ANSWER, printed="๘๘.๘๘"), [twin, MENTION]) is None, "nothing tells them apart"


def test_of_two_boxes_that_overlap_it_is_the_one_that_is_more_alike() -> None:
    around = replace(MENTION, mention_id="d:2", box=Box(0, 0, 500, 500))
    assert find_place(ANSWER, [around, MENTION]) is MENTION


def test_where_there_is_no_box_line_print_and_number_say_which() -> None:
    again = replace(GIVEN, mention_id="d:2")
    other = replace(GIVEN, mention_id="d:3", printed_value="๑.๐๐")
    mentions = [other, GIVEN, replace(GIVEN, line=8), again]
    asked = answer(Verdict.CONFIRM, on=GIVEN)
    assert find_place(asked, mentions) is GIVEN
    assert find_place(replace(asked, nth=1), mentions) is again
    assert find_place(replace(asked, printed="95.66", nth=1), mentions) is again
    assert find_place(replace(asked, nth=2), mentions) is None
    assert find_place(replace(asked, line=9), mentions) is None


def test_a_code_is_told_by_its_own_print() -> None:
    mentions = [replace(GIVEN, mention_id="d:2", printed_code="I๒"), GIVEN]
    assert find_place(answer(Verdict.CONFIRM, asked=Asked.CODE, on=GIVEN), mentions) is GIVEN
