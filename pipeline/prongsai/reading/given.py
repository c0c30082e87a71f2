"""Text that somebody else's OCR produced (.txt, .md): decoded, cut into pages and lines, cells kept where tabs part them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from prongsai.errors import InputLost, InputRejected
from prongsai.language.repair import CONSONANTS, MARKS, GlyphKnowledge, repair, tally
from prongsai.reading.markup import split_cells, strip_markup
from prongsai.records import Options, Page, Reader, Source, Word

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_THAI_SHARE = 0.5
"""Share of the bytes above 127 that must be Thai letters for a file that is no UTF-8 to count as Windows-874."""
_MARK_ASTRAY = re.compile(f"(?<![{CONSONANTS}{MARKS}])[{MARKS}]")
_MOST_BYTES = 200_000_000
_LINE_MARKS = str.maketrans({"\x0b": "\n", "\x85": "\n", "\N{LINE SEPARATOR}": "\n", "\N{PARAGRAPH SEPARATOR}": "\n"})


def read_text(source: Source) -> str:
    """The whole file as characters. Raises InputRejected where it is in no encoding that Thai text comes in."""
    if source.size_bytes > _MOST_BYTES:
        raise InputRejected(f"the text has {source.size_bytes:,} bytes, more than any report", source.path, "Split the file")
    try:
        data = Path(source.file).read_bytes()
    except OSError as error:
        raise InputLost(f"the file cannot be read ({error.strerror or error})", source.path, "Check that it is still there") from error
    return decode(data, source.path)


def decode(data: bytes, where: str = "") -> str:
    """Bytes as text: by byte order mark, else UTF-8, else Windows-874 (a superset of TIS-620) if it gives Thai."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise _undecodable(where) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("cp874", errors="replace")
    high = sum(byte > 127 for byte in data)
    thai = sum("\N{THAI CHARACTER KO KAI}" <= character <= "\N{THAI CHARACTER KHOMUT}" for character in text)
    # Accents of Western Europe decode to marks on Latin letters.
    astray = len(_MARK_ASTRAY.findall(text))
    if thai < _THAI_SHARE * high or astray > 0.2 * thai or text.count("\N{REPLACEMENT CHARACTER}") > 0.01 * len(text):
        raise _undecodable(where)
    return text


def _undecodable(where: str) -> InputRejected:
    return InputRejected("the text is neither UTF-8, UTF-16 nor Windows-874", where, "Save it as UTF-8")


def count_text_pages(source: Source) -> int:
    """How many pages form feeds make of a text."""
    return len(_pages(read_text(source)))


def _pages(text: str) -> list[str]:
    """Form feeds part pages; one at the end, as some programs write it, begins none."""
    pages = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_MARKS).split("\f")
    return pages[:-1] if len(pages) > 1 and not pages[-1].strip() else pages


def text_lines(source: Source, number: int) -> tuple[str, ...]:
    """The lines of a page (1-based) as they stand in the file, numbered from 1 as those of its words are; none where there is no
    such page. Raises InputRejected."""
    pages = _pages(read_text(source))
    return tuple(pages[number - 1].split("\n")) if number <= len(pages) else ()


def read_given(source: Source, options: Options, knowledge: GlyphKnowledge) -> Iterator[Page]:
    """The pages that the user wants, one at a time, lines numbered from 1 on each page."""
    for number, text in enumerate(_pages(read_text(source)), start=1):
        if options.wants(number):
            yield read_given_page(text, number, knowledge)


def read_given_page(text: str, number: int, knowledge: GlyphKnowledge) -> Page:
    """One page of text as words without boxes; `cells_given` holds the cells of the lines that have any."""
    counts: Counter[str] = Counter()
    words: list[Word] = []
    cells_given: list[tuple[int, tuple[str, ...]]] = []
    for line_number, line in enumerate(text.split("\n"), start=1):
        cells = split_cells(line, counts)
        if cells is None:
            parts = [_repaired(strip_markup(line, counts), knowledge, counts)]
        else:
            parts = [_repaired(cell, knowledge, counts) for cell in cells]
            if any(parts):
                cells_given.append((line_number, tuple(parts)))
        words += [Word(word, None, line_number) for part in parts for word in part.split()]
    repairs = tally(counts)
    return Page(
        number=number,
        width_pt=0.0,
        height_pt=0.0,
        reader=Reader.GIVEN,
        reader_version="given",
        words=tuple(words),
        cells_given=tuple(cells_given),
        judgement="blank" if not words else "repaired" if repairs else "good",
        repairs=repairs,
    )


def _repaired(text: str, knowledge: GlyphKnowledge, counts: Counter[str]) -> str:
    mended = repair(text, knowledge)
    for item in mended.repairs:
        counts[item.name] += item.count
    return mended.text.strip()
