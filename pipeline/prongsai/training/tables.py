"""Tables of the accuracy reports, as lines of Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar


class _Tried(Protocol):
    @property
    def family(self) -> str: ...

    @property
    def dpi(self) -> int | None: ...


T = TypeVar("T", bound=_Tried)
Rows = Iterable[tuple[str, Sequence[T]]]
"""A name and the lines tried that belong to it."""


def table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table of any cells."""
    yield _row(head)
    yield "|---" * len(head) + "|"
    yield from map(_row, rows)


def crossed(
    head: str, rows: Rows[T], columns: Sequence[object], of: Callable[[T], object], cell: Callable[[Sequence[T]], str]
) -> Iterator[str]:
    """What came of the lines of each row, by what `of` says of a line: a column each; at the end how many lines there are."""
    names = [f"{column} dpi" if isinstance(column, int) else column for column in columns]
    cells = ((name, *(cell([one for one in tried if of(one) == column]) for column in columns), len(tried)) for name, tried in rows)
    yield from table((head, *names, "lines"), cells)


def by_family(outcomes: Sequence[T]) -> list[tuple[str, Sequence[T]]]:
    """The lines of each font family, and all together, for fonts held out."""
    families = sorted({one.family for one in outcomes})
    return [*((family, [one for one in outcomes if one.family == family]) for family in families), ("all held out", outcomes)]


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
