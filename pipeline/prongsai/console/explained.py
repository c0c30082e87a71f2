"""A score's whole web for a terminal, in English and in Thai: its prints, its equations, and what was found about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import chain
from typing import TYPE_CHECKING

from prongsai.console.layout import wrap
from prongsai.console.words import say
from prongsai.explaining import Explanation
from prongsai.records import Finding, Mention

if TYPE_CHECKING:
    from prongsai.auditing import EquationView

SHOWN = 8
"""So many documents, agencies and years are shown at once."""


def show(found: Sequence[Explanation]) -> str:
    """The first few explanations, with an empty line between them."""
    parts = ["\n".join(_lines(one)) for one in found[:SHOWN]]
    if len(found) > SHOWN:
        parts.append(f"There are more: narrow it down with --doc, --agency or --year.\n{say('explain.more')}")
    return "\n\n".join(parts)


def _lines(one: Explanation) -> Iterator[str]:
    year = one.fiscal_year
    if year is None:
        yield f"{one.subject}, of an unknown year · {say('explain.no_year', subject=one.subject)}"
    else:
        yield f"{one.subject} of FY{year} · {say('explain.subject', subject=one.subject, year=year)}"
    if one.agency:
        yield one.agency
    yield f"{one.document.path} ({one.document.doc_id})"
    yield from _part("Printed", "printed", map(_mention, one.web.mentions))
    yield from _part("Equations", "equations", map(_equation, one.web.equations))
    yield from _part("Findings", "findings", map(_finding, one.web.findings))


def _part(english: str, name: str, entries: Iterable[Iterator[str]]) -> Iterator[str]:
    yield f"{english} · {say(f'explain.{name}')}"
    lines = list(chain.from_iterable(entries))
    yield from lines or [f"  none · {say('explain.none')}"]


def _mention(mention: Mention) -> Iterator[str]:
    yield f"  {mention.printed_value} = {'?' if mention.value is None else mention.value}"
    english, thai = [f"page {mention.page}"], [say("explain.page", page=mention.page)]
    if mention.line is not None:
        english.append(f"line {mention.line}")
        thai.append(say("explain.line", line=mention.line))
    if mention.box is not None:
        english.append("box " + " ".join(f"{getattr(mention.box, side.name):.1f}" for side in fields(mention.box)))
    english += [str(mention.kind), f"read by {mention.reader_version or mention.reader}"]
    thai += [say(f"explain.{mention.kind}"), say("explain.reader", reader=mention.reader_version or mention.reader)]
    if mention.checked_value:
        english.append(f"a person reads {mention.checked_value}")
        thai.append(say("explain.checked", checked=mention.checked_value))
    if mention.confidence is not None:
        english.append(f"sure {mention.confidence:.2f}")
        thai.append(say("explain.sure", sure=f"{mention.confidence:.2f}"))
    yield wrap(", ".join(english), "    ")
    yield wrap(" ".join(thai), "    ")
    if mention.candidates:
        shares = [f" {share:.2f}" for share in mention.candidate_probabilities] or [""] * len(mention.candidates)
        others = ", ".join(text + share for text, share in zip(mention.candidates, shares, strict=False))
        yield wrap(f"readings {others} · {say('explain.readings')}", "    ")
    evidence = ", ".join(filter(None, [mention.printed_code, *mention.matched_by]))
    yield wrap(f"mention {mention.mention_id}{': ' if evidence else ''}{evidence}", "    ")


def _equation(equation: EquationView) -> Iterator[str]:
    yield wrap(equation.text, "  ")
    several = len({year for _, year, _, _ in equation.terms}) > 1
    terms = (f"{code} {year} {printed or '?'}" if several else f"{code} {printed or '?'}" for code, year, _, printed in equation.terms)
    yield wrap(f"printed {equation.printed}, of {', '.join(terms)}{f' ({equation.basis})' if equation.basis else ''}", "    ")
    if equation.holds:
        yield f"    holds · {say('explain.holds')}"
    elif equation.holds is None:
        missing = ", ".join(equation.missing)
        yield wrap(f"open, {missing} not printed: {equation.expected} expected", "    ")
        yield wrap(say("explain.open", missing=missing, expected=equation.expected), "    ")
    else:
        yield f"    does not hold, {equation.expected} expected · {say('explain.fails', expected=equation.expected)}"


def _finding(finding: Finding) -> Iterator[str]:
    yield f"  {finding.severity} {finding.check}, fault: {finding.fault}"
    yield wrap(finding.message, "    ")
    yield wrap(finding.message_th, "    ")
