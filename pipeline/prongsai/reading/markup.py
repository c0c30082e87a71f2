"""Remnants of HTML and Markdown in text that somebody else's OCR produced: taken off as named repairs, never interpreted."""

from __future__ import annotations

import html
import re
from collections import Counter

_BREAKS = "br|p|li|ul|ol|div|tr|td|th|table|tbody|thead|h[1-6]|hr|dl|dt|dd|blockquote|section|img|figure|figcaption|caption"
_INLINE = "b|i|u|s|em|strong|span|sup|sub|small|font|a|mark|del|ins|code|center"
_DROPPED_WITH_CONTENT = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE)
_BREAK_TAG = re.compile(rf"(?:\s*</?(?:{_BREAKS})(?:\s[^<>]*)?/?>)+\s*", re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp|ndash|mdash);")
_BOLD = re.compile(r"(?<![\\*])\*{2,3}(?!\*)")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>])")
_PIPE_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BARE_PIPE = re.compile(r"(?<!\\)\|")


def strip_markup(text: str, counts: Counter[str]) -> str:
    """One line or cell without its markup; what was taken off is counted by name."""
    text = _take(_DROPPED_WITH_CONTENT, "", "HTML taken off", text, counts)
    text = _take(_COMMENT, "", "HTML taken off", text, counts)
    text = _take(_BREAK_TAG, " ", "HTML taken off", text, counts)
    text = _take(_INLINE_TAG, "", "HTML taken off", text, counts)
    if _ENTITY.search(text):
        counts["HTML entities decoded"] += len(_ENTITY.findall(text))
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    text = _take(_HEADING, "", "Markdown taken off", text, counts)
    text = _take(_BOLD, "", "Markdown taken off", text, counts)
    return _take(_ESCAPE, r"\1", "Markdown taken off", text, counts)


def split_cells(line: str, counts: Counter[str]) -> list[str] | None:
    """The cells of a line that holds tabs, or that is a row of a Markdown table; None for a line of prose.

    The rule under a Markdown table's header gives an empty list: it is no row.
    """
    if "\t" in line:
        return [strip_markup(cell, counts).strip() for cell in line.split("\t")]
    if line.count("|") >= 1 and _PIPE_RULE.match(line) and "|" in line:
        return []
    row = _PIPE_ROW.match(line)
    if row is None:
        return None
    counts["Markdown taken off"] += 1
    return [strip_markup(cell, counts).strip() for cell in _BARE_PIPE.split(row[1])]


def _take(pattern: re.Pattern[str], replacement: str, name: str, text: str, counts: Counter[str]) -> str:
    new, made = pattern.subn(replacement, text)
    if made:
        counts[name] += made
    return new
