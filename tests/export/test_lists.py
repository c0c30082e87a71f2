"""Lists in one cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.export import join_list, split_list


@given(st.lists(st.text(min_size=1)))
def test_a_list_comes_back_as_it_was(items: list[str]) -> None:
    assert split_list(join_list(items)) == tuple(items)


@given(st.lists(st.text(alphabet="|\\ a", min_size=1)))
def test_separators_and_escapes_come_back(items: list[str]) -> None:
    assert split_list(join_list(items)) == tuple(items)


@pytest.mark.parametrize(
    ("items", "cell"),
    [((), ""), (("i1",), "i1"), (("i1", "l1"), "i1 | l1"), (("|", "๑"), r"\| | ๑"), (("", "a"), "a")],
)
def test_how_lists_are_written(items: tuple[str, ...], cell: str) -> None:
    assert join_list(items) == cell
