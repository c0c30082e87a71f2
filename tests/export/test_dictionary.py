"""The data dictionary in git says what the program writes."""

from __future__ import annotations

from pathlib import Path

from prongsai.export import load_schema
from prongsai.export.dictionary import render_dictionary
from prongsai.export.texts import load_texts

OUTPUTS = Path(__file__).parents[2] / "outputs"
REMEDY = "run `python -m prongsai.export.dictionary outputs/README.md`"


def test_the_page_is_the_one_that_the_schema_gives() -> None:
    assert (OUTPUTS / "README.md").read_text(encoding="utf-8") == render_dictionary(load_schema(), load_texts()), REMEDY


def test_every_row_of_a_table_has_its_four_cells() -> None:
    """A bar in a text would split a Markdown cell in two."""
    rows = [line for line in render_dictionary(load_schema(), load_texts()).splitlines() if line.startswith("| `")]
    assert len(rows) == sum(len(table.columns) for table in load_schema())
    assert all(row.count("|") == 5 for row in rows)


def test_git_keeps_the_dictionary_and_nothing_else() -> None:
    rules = [line for line in (OUTPUTS / ".gitignore").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert rules == ["*", "!.gitignore", "!README.md"]
