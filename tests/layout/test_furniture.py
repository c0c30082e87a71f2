from typing import Any

from prongsai.layout import lay_out


def body(paper: Any, number: int, *more: Any) -> Any:
    return paper.page(
        [*paper.words(f"body {'abc'[number - 1]} of the text", 60, 300), *(word for words in more for word in words)], number=number
    )


def test_running_headers_and_page_numbers_are_set_aside(paper: Any) -> None:
    pages = [body(paper, n, paper.words("annual report", 60, 30), paper.words(f"page {n}", 280, 800)) for n in (1, 2, 3)]
    layout = lay_out(pages)
    assert [block.text for block in layout.paragraphs] == ["body a of the text", "body b of the text", "body c of the text"]
    assert [line.text for line in layout.furniture] == ["annual report", "page 1", "annual report", "page 2", "annual report", "page 3"]


def test_text_on_two_pages_or_at_different_heights_stays(paper: Any) -> None:
    twice = [body(paper, n, paper.words("annual report", 60, 30)) for n in (1, 2)]
    moving = [body(paper, n, paper.words("annual report", 60, 15 * n)) for n in (1, 2, 3)]
    assert not lay_out(twice).furniture
    assert not lay_out(moving).furniture


def test_a_number_inside_the_page_or_a_score_at_its_foot_stays(paper: Any) -> None:
    layout = lay_out([body(paper, 1, paper.words("95", 280, 500), paper.words("97.86", 280, 810))])
    assert not layout.furniture
    assert [block.text for block in layout.paragraphs] == ["body a of the text", "95", "97.86"]


def test_years_tell_headings_apart(paper: Any) -> None:
    pages = [body(paper, n, paper.words(f"results of {2565 + n} and later", 60, 30)) for n in (1, 2, 3)]
    assert not lay_out(pages).furniture


def test_the_head_of_undrawn_columns_on_every_page_is_no_running_header(paper: Any) -> None:
    pages = [
        paper.page(
            [
                word
                for row, (left, right) in enumerate([("question", "score"), ("i1", "98.45"), ("i2", "97.32"), ("i3", "99.48")])
                for word in [*paper.words(left, 60, 40 + 18 * row), *paper.words(right, 300, 40 + 18 * row)]
            ],
            number=number,
        )
        for number in (1, 2, 3)
    ]
    layout = lay_out(pages)
    assert not layout.furniture
    assert paper.texts(layout.tables[0])[0] == ["question", "score"]
