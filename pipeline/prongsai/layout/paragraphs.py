"""Lines outside tables become headings, list items and paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from prongsai.layout.lines import box_around
from prongsai.layout.model import Line, ParagraphDraft
from prongsai.layout.passages import passage_of
from prongsai.layout.shapes import is_lettered_code, is_list_start, is_page_number
from prongsai.records import Page, Paragraph, Place

RAGGED_SHARE = 0.12
"""A line that ends this part of the text's width short of the right margin is still full: Thai breaks between words."""
LEAST_SHARE = 0.4
"""The part of the page's width that a full line takes at least."""
FLUSH_PT = 6.0
WIDEST_ROOM_SHARE = 0.3
"""A line that leaves more room than this part of the text's width ends its paragraph, however long the next word is."""
HANGING_PT = 4.0
CENTRED_PT = 6.0
MOST_PITCHES = 1.5
"""Lines further apart than this many usual line steps, and than they are high, belong to different paragraphs: a title
in large letters steps further than the text below it."""


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the text of a page stands, in points: its left and right edge and the usual step from line to line."""

    left: float
    right: float
    pitch: float
    least: float
    """No line shorter than this is full, whatever the others are: a heading alone on its page fills nothing."""

    def is_full(self, line: Line) -> bool:
        return line.box.width >= self.least and line.box.x1 >= self.right - RAGGED_SHARE * (self.right - self.left)

    def would_not_fit(self, last: Line, line: Line) -> bool:
        """Whether the next line's first word had no room left on the last one, though that one ends well before the
        margin: Thai writes many words between two spaces, and some programs break only there."""
        first = line.words[0].box
        room = self.right - last.box.x1
        is_near = room <= WIDEST_ROOM_SHARE * (self.right - self.left)
        return first is not None and last.box.width >= self.least and is_near and room < first.width

    def is_flush(self, line: Line) -> bool:
        return line.box.x0 <= self.left + FLUSH_PT

    def is_centred_pair(self, upper: Line, lower: Line) -> bool:
        """Whether a line goes on with a centred one that was broken: one middle, and the upper as wide as the text."""
        middles = (upper.box.x0 + upper.box.x1) / 2, (lower.box.x0 + lower.box.x1) / 2
        is_wide = upper.box.width >= (1 - RAGGED_SHARE) * (self.right - self.left)
        return is_wide and abs(middles[0] - middles[1]) <= CENTRED_PT


def paragraphs_of(lines: Sequence[Line], page: Page, breaks: Sequence[float]) -> list[ParagraphDraft]:
    """Paragraphs from a page's lines, top to bottom; none runs over a height in `breaks` (points), where a table stands.

    A line goes on with the paragraph before it when that one's last line reaches the right margin and the line starts
    at the left margin or below it, or where the lines of the same list item start, and starts no list item of its own;
    a centred line goes on with a centred one that takes the whole width.
    """
    if not lines:
        return []
    margins = _margins(lines, page)
    labels = _repeated_labels(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, margins, breaks) and not _starts_item(line, labels):
            groups[-1].append(line)
        else:
            groups.append([line])
    drafts = []
    for group in groups:
        box = box_around([word for line in group for word in line.words])
        drafts.append(
            ParagraphDraft(
                passage_of([line.words for line in group], page, is_prose=True),
                Place(page.number, box, group[0].words[0].line),
                margins.is_full(group[-1]),
                margins.is_flush(group[0]) and not _starts_item(group[0], labels),
            )
        )
    return drafts


def as_paragraph(line: Line, page: Page) -> Paragraph:
    """One line on its own."""
    return Paragraph(passage_of([line.words], page, is_prose=True), Place(page.number, line.box, line.words[0].line))


def _margins(lines: Sequence[Line], page: Page) -> _Margins:
    right = max(line.box.x1 for line in lines)
    leftmost = min(line.box.x0 for line in lines)
    full = [line.box.x0 for line in lines if line.box.x1 >= right - RAGGED_SHARE * (right - leftmost)]
    steps = [lower.box.bottom - upper.box.bottom for upper, lower in pairwise(lines)]
    heights = median_low([line.box.height for line in lines])
    near = [step for step in steps if 0 < step < 3 * heights]
    return _Margins(min(full), right, median_low(near) if near else 1.5 * heights, LEAST_SHARE * page.width_pt)


def _repeated_labels(lines: Sequence[Line]) -> set[str]:
    """Words that begin three lines or more of the page, each time before a whole number: numbered labels, item by item."""
    counted = Counter(line.words[0].text for line in lines if len(line.words) > 1 and is_page_number(line.words[1].text.rstrip(".")))
    return {label for label, count in counted.items() if count >= 3}


def _starts_item(line: Line, labels: set[str]) -> bool:
    if len(line.words) > 1 and line.words[0].text in labels and is_page_number(line.words[1].text.rstrip(".")):
        return True
    return is_list_start(line.text) or is_lettered_code(line.words[0].text)


def _goes_on(group: list[Line], line: Line, margins: _Margins, breaks: Sequence[float]) -> bool:
    last = group[-1]
    step = line.box.bottom - last.box.bottom
    if step > max(MOST_PITCHES * margins.pitch, last.box.height):
        return False
    if not margins.is_full(last) and not margins.would_not_fit(last, line):
        return False
    if any(last.box.top < height < line.box.bottom for height in breaks):
        return False
    if margins.is_flush(line) or abs(line.box.x0 - last.box.x0) <= HANGING_PT or margins.is_centred_pair(last, line):
        return True
    first = group[0]
    hang = first.words[1].box if len(first.words) > 1 and is_list_start(first.text) else None
    return hang is not None and abs(line.box.x0 - hang.x0) <= HANGING_PT
