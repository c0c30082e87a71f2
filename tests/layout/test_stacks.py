from typing import Any

from prongsai.layout.lines import lines_of
from prongsai.layout.stacks import behind_codes, stacked_scores
from prongsai.records import Word


def test_scores_under_one_another_stand_alone_where_white_is_wider_beside_them(paper: Any) -> None:
    words: list[Word] = []
    for number, top in enumerate((100, 120, 140)):
        words += [*paper.words("some more words", 60, top), *paper.words(f"9{number}.25", 156, top), *paper.words("next", 192, top)]
    found = stacked_scores(lines_of(words))
    assert [word.text for word in words if id(word) in found] == ["90.25", "91.25", "92.25"]


def test_scores_in_lines_that_are_spaced_evenly_do_not(paper: Any) -> None:
    words = [word for top in (100, 120, 140) for word in paper.words("words before 99.25 and after", 60, top, gap=6)]
    assert not stacked_scores(lines_of(words))


def test_two_scores_are_no_stack(paper: Any) -> None:
    words = [word for top in (100, 120) for word in [*paper.words("a", 60, top), *paper.words("99.25", 90, top)]]
    assert not stacked_scores(lines_of(words))


def test_wordings_behind_codes_begin_a_column(paper: Any) -> None:
    words = [word for n, top in enumerate((100, 120, 140)) for word in [*paper.words(f"i{n}", 60, top), *paper.words("text here", 76, top)]]
    found = behind_codes(lines_of(words))
    assert [word.text for word in words if id(word) in found] == ["text"] * 3
