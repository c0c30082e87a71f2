from typing import Any

from prongsai.layout.lines import lines_of
from prongsai.layout.rivers import between_rivers
from prongsai.records import Word

LEFT = ["i1 wording of a", "question that is", "wrapped over", "many lines and has", "one score", "i2 another", "that wraps", "twice too"]
RIGHT = ["what is said", "of it stands", "right of the", "score, and is", "wrapped as", "well, up to", "its last", "line"]
SCORES = {0: "97.61", 5: "98.21"}
APART = 36.0


def beside(paper: Any, left: list[str], right: list[str], scores: dict[int, str], middle: float) -> list[Word]:
    """Words in three columns, 3 pt of white on either side of the scores at their narrowest."""
    words: list[Word] = []
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        y = 100 + 20 * number
        words += paper.words(one, 60, y) + paper.words(other, middle + 33, y)
        words += paper.words(scores[number], middle, y) if number in scores else []
    return words


def end_of(paper: Any, left: list[str]) -> float:
    """Where the longest of some lines ends."""
    return max(float(word.box.x1) for line in left for word in paper.words(line, 60, 100))


def alone(words: list[Word]) -> set[str]:
    found = between_rivers(lines_of(words), APART)
    return {word.text for word in words if id(word) in found}


def test_scores_between_narrow_white_that_runs_down_the_page_stand_alone(paper: Any) -> None:
    longest = end_of(paper, LEFT)
    assert alone(beside(paper, LEFT, RIGHT, SCORES, longest + 3)) == set(SCORES.values())


def test_lines_that_say_the_same_one_after_another_have_no_columns(paper: Any) -> None:
    same = ["question one has"] * 8
    longest = end_of(paper, same)
    assert alone(beside(paper, same, RIGHT, SCORES, longest + 3)) == set()


def test_one_score_under_no_other_is_not_told_by_white_alone(paper: Any) -> None:
    longest = end_of(paper, LEFT)
    assert alone(beside(paper, LEFT, RIGHT, {0: "97.61"}, longest + 3)) == set()
