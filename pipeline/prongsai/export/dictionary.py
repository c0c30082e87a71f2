"""The data dictionary, outputs/README.md, made from the schema and its texts.

`python -m prongsai.export.dictionary outputs/README.md` writes it anew; a test fails where file and schema differ.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from prongsai.export.schema import Column, ColumnType, TableSpec, load_schema
from prongsai.export.texts import Bilingual, Texts, load_texts

_TYPES = {
    ColumnType.STRING: "text",
    ColumnType.INTEGER: "whole number",
    ColumnType.DECIMAL: "exact number",
    ColumnType.FLOAT: "number",
    ColumnType.BOOLEAN: "true or false",
}


def render_dictionary(schema: Sequence[TableSpec], texts: Texts) -> str:
    """The page as Markdown, in both languages."""
    words = texts.dictionary
    meaning = words["meaning"]
    lines = [f"# {_both(words['title'])}", "", words["intro"].en, "", words["intro"].th, ""]
    lines += [f"- [{table.name}](#{table.name}): {_both(table.title)}" for table in schema]
    lines += ["", f"## {_both(words['conventions'])}", ""]
    for convention in texts.conventions:
        lines += [f"- {convention.en}", f"  <br>{convention.th}"]
    for table in schema:
        lines += ["", f"## {table.name}", "", f"**{_both(table.title)}**", "", table.description.en, "", table.description.th, ""]
        key = ", ".join(f"`{name}`" for name in table.primary_key) or _both(words["none"])
        lines.append(f"{_both(words['key'])}: {key}")
        for name, other, there in table.foreign_keys:
            lines += ["", f"`{name}`: {_both(words['foreign'])} `{other}.{there}`"]
        lines += ["", f"| {_both(words['column'])} | {_both(words['type'])} | {meaning.en} | {meaning.th} |", "|---|---|---|---|"]
        for column in table.columns:
            lines.append(f"| `{column.name}` | {_type(column, words['required'])} | {column.text.en} | {column.text.th} |")
    return "\n".join(lines) + "\n"


def _both(text: Bilingual) -> str:
    return f"{text.en} · {text.th}"


def _type(column: Column, required: Bilingual) -> str:
    parts = ["list" if column.is_list else _TYPES[column.type]]
    if column.places:
        parts.append(f"{column.places} decimals")
    if column.enum:
        parts.append(" / ".join(f"`{one}`" for one in column.enum))
    if column.minimum is not None:
        parts.append(f"{column.minimum}–{column.maximum}" if column.maximum is not None else f"≥ {column.minimum}")
    if column.required:
        parts.append(_both(required))
    return "; ".join(parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render_dictionary(load_schema(), load_texts()), encoding="utf-8", newline="\n")
