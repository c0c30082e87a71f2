"""A report as the text that somebody's OCR made of it: a line a row, tabs between cells."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .document import Cell, Paragraph, Report, Style, Table, plain

ASCII_SIGNS = {0x2013: "-", 0x2014: "-", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2026: "...", 0x00A0: " "}
"""Signs that TIS-620 lacks and what a typist of that code page wrote."""


@dataclass(frozen=True, slots=True)
class TextLook:
    """How a text was written: marks of a converter, encoding, line ends."""

    has_markdown: bool
    has_html: bool
    encoding: str
    newline: str
    repeats_headers_every: int
    """Rows after which a long table's header stands again, as over a page break; 0 for never."""


def draw_text_look(rng: Random, is_tis620: bool) -> TextLook:
    """A look for a text; UTF-8 now and then begins with a byte order mark."""
    return TextLook(
        has_markdown=rng.random() < 0.3,
        has_html=rng.random() < 0.15,
        encoding="tis-620" if is_tis620 else rng.choice(("utf-8", "utf-8", "utf-8-sig")),
        newline="\r\n" if is_tis620 or rng.random() < 0.3 else "\n",
        repeats_headers_every=rng.choice((0, 12, 18)),
    )


def render_text(report: Report, look: TextLook) -> bytes:
    """The report's text as bytes in the look's encoding."""
    lines: list[str] = []
    for block in report.blocks:
        if isinstance(block, Paragraph):
            lines += _paragraph(block, look)
        else:
            lines += _table(block, look)
    text = look.newline.join(lines) + look.newline
    if look.encoding == "tis-620":
        # A wording may hold a sign beyond the table; the code page prints a question mark for it, and so does this.
        return text.translate(ASCII_SIGNS).encode("tis-620", errors="replace")
    return text.encode(look.encoding)


def _paragraph(block: Paragraph, look: TextLook) -> list[str]:
    if block.style is Style.BREAK:
        return ["", ""]
    text = plain(block.content).replace("\n", " ")
    if look.has_markdown and block.style in (Style.TITLE, Style.HEADING):
        text = ("# " if block.style is Style.TITLE else "## ") + text
    return [text, ""]


def _table(block: Table, look: TextLook) -> list[str]:
    header = [_row(row, look) for row in block.rows[: block.header_rows]]
    body = [_row(row, look) for row in block.rows[block.header_rows :]]
    every = look.repeats_headers_every or len(body) + 1
    lines: list[str] = []
    for start in range(0, len(body), every):
        lines += [*header, *body[start : start + every], ""]
    return lines


def _row(row: tuple[Cell | None, ...], look: TextLook) -> str:
    return "\t".join("" if cell is None else _cell(cell, look) for cell in row)


def _cell(cell: Cell, look: TextLook) -> str:
    text = plain(cell.content).replace("\n", " ")
    return f"<b>{text}</b>" if look.has_html and cell.is_bold and text else text
