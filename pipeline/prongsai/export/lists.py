"""Several values in one cell, and back.

Other readings of a code are often a bar or a backslash themselves (`|` for i), so a bare separator would not come apart
again: inside an item both are escaped, which leaves the separator as the only bar between two spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SEPARATOR = " | "

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def join_list(items: Iterable[str]) -> str:
    """The items as one cell, `a | b`; empty items are left out, since an empty cell is an empty list."""
    return SEPARATOR.join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items if item)


def split_list(cell: str) -> tuple[str, ...]:
    """The items of a cell that `join_list` wrote; an empty cell has none."""
    return tuple(_ESCAPED.sub(r"\1", item) for item in cell.split(SEPARATOR)) if cell else ()
