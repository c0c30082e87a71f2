"""Codes: numbers and names that disagree, codes that the year has not, rows under one code, rows missing from a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prongsai.auditing.case import Case
from prongsai.auditing.fault import SURE, fault_on, is_of_image
from prongsai.auditing.ledger import Print, Slot, is_torn
from prongsai.auditing.say import say, words
from prongsai.knowledge import Certainty, Framework
from prongsai.language.numerals import to_arabic
from prongsai.records import CodeReading, Fault, Finding, Mention, Scope, Severity

_DISAGREE = frozenset({"number-against-name", "name-against-number"})
_WRONG = frozenset({"digit-misprinted", "misprinted"})
"""Reasons of the table `codes`; in the others only the letter is printed otherwise than it should be."""
_LIKELY = 0.5
_NUMBERED = re.compile(r"\W*(\d{1,2})[.)]")
_OWN_NUMBERS = 4, 5
"""A list is numbered by its indicators where four in five of five numbers or more are theirs; else it may be one of ranks."""
_MOST = 3, 4
"""A list of which three in four codes stand in tables is meant to be complete."""


def label(case: Case) -> Iterator[Finding]:
    """An indicator whose printed number is not its name's, after the word for indicator or in a list that is numbered by them."""
    every: list[CodeReading | Mention] = [*_once(case, _DISAGREE), *_misnumbered(case)]
    for one in every:
        framework = case.knowledge.framework(one.fiscal_year)
        indicator = framework.indicator(one.code) if framework is not None else None
        name = f"{case.knowledge.phrases['label.indicator_number'][0]} {indicator.number} {indicator.name}" if indicator else one.code
        yield _about(case, one, "label", Severity.WARNING, name, one.printed if isinstance(one, CodeReading) else one.printed_code)


def code(case: Case) -> Iterator[Finding]:
    """A question's code with a wrong digit; most are codes that the year does not have."""
    for one in _once(case, _WRONG):
        framework = case.knowledge.framework(one.fiscal_year)
        printed = to_arabic("".join(one.printed.split())).lower()
        if printed.lstrip("ieo0") == one.code[1:]:
            continue  # the digits are right: only the letter is printed otherwise
        is_outside = framework is not None and framework.question(printed) is None
        is_likely = one.confidence >= (_LIKELY if is_outside else SURE) and not is_of_image(case.extract, one.page)
        outside = words(case.knowledge, "code-outside", year=one.fiscal_year) if is_outside else ""
        yield _about(case, one, "code", Severity.WARNING if is_likely else Severity.NOTE, one.code, one.printed, outside=outside)


def duplicate_row(case: Case) -> Iterator[Finding]:
    """Rows of one table under one code with different values in one column."""
    for slot, prints in case.ledger.prints.items():
        if slot.is_difference or len(prints) < 2:
            continue
        columns: dict[tuple[int, int | None], dict[int | None, Print]] = {}
        for one in prints:
            for mention in one.mentions:
                if mention.table is not None:
                    columns.setdefault((mention.table, mention.column), {}).setdefault(mention.row, one)
        for (table, _), rows in columns.items():
            if len(rows) > 1 and is_torn(list(rows.values())):
                yield _duplicate(case, slot, table, list(rows.values()))
                break


def missing_rows(case: Case) -> Iterator[Finding]:
    """Codes that a list lacks which is complete but for them; of the newest year, since older ones stand in its lists."""
    if not case.frameworks:
        return
    year = max(case.frameworks)
    every = [one for prints in case.ledger.prints.values() for each in prints for one in each.mentions] + list(case.ledger.unread)
    printed = {one.code for one in every if one.fiscal_year == year}
    listed = {one.code for one in every if one.fiscal_year == year and one.table is not None}
    seen = printed | {one.subject for one in case.extract.findings if one.check == "unscored-code"}
    for group, codes in _lists(case.frameworks[year]).items():
        missing = [one for one in codes if one not in seen]
        share, whole = _MOST
        if missing and whole * len(listed.intersection(codes)) >= share * len(codes):
            yield say(
                case,
                "missing-rows",
                Severity.NOTE,
                group,
                year=year,
                expected=", ".join(missing),
                missing=", ".join(missing),
                count=len(codes),
                at=next(one for one in every if one.code in codes and one.table is not None),
            )


def _once(case: Case, reasons: frozenset[str]) -> Iterator[CodeReading]:
    """The document's readings of codes for one of the reasons, each print of a code once."""
    if case.is_own:
        found = {("".join(one.printed.split()), one.code): one for one in reversed(case.extract.codes) if one.reason in reasons}
        yield from reversed(found.values())


def _misnumbered(case: Case) -> Iterator[Mention]:
    """Indicators of a table whose list numbers are the indicators' own, but for theirs."""
    tables: dict[int, dict[str, tuple[int, Mention]]] = {}
    for slot, prints in case.ledger.prints.items():
        for mention in (each for one in prints for each in one.mentions if each.table is not None and each.scope is Scope.INDICATOR):
            match = _NUMBERED.match(to_arabic(mention.printed_code))
            if match is not None and mention.table is not None:
                tables.setdefault(mention.table, {}).setdefault(slot.code, (int(match[1]), mention))
    share, whole = _OWN_NUMBERS
    for rows in tables.values():
        wrong = [(code, mention) for code, (number, mention) in rows.items() if code != f"ind{number}"]
        if len(rows) >= whole and whole * (len(rows) - len(wrong)) >= share * len(rows):
            yield from (mention for _, mention in wrong)


def _about(
    case: Case, one: CodeReading | Mention, check: str, severity: Severity, expected: str, printed: str, outside: str | tuple[str, str] = ""
) -> Finding:
    return say(
        case,
        check,
        severity,
        one.code,
        year=one.fiscal_year,
        printed=printed,
        expected=expected,
        fault=fault_on(case.extract, one.page),
        at=one,
        outside=outside,
    )


def _duplicate(case: Case, slot: Slot, table: int, rows: list[Print]) -> Finding:
    lacking = _lacking(case, slot, table)
    return say(
        case,
        "duplicate-row",
        Severity.WARNING,
        slot.code,
        year=slot.year,
        printed=" / ".join(dict.fromkeys(one.shown for one in rows)),
        expected=lacking,
        fault=Fault.UNDECIDED,
        ids=[one for each in rows for one in each.ids],
        at=rows[0].mentions[0],
        lacking=words(case.knowledge, "duplicate-lacks", code=lacking) if lacking else "",
    )


def _lacking(case: Case, slot: Slot, table: int) -> str:
    """The one code that the table's list lacks, which a row may be meant for."""
    framework = case.frameworks.get(slot.year)
    prints = case.ledger.prints
    there = {one.code for one, each in prints.items() if one.year == slot.year and any(m.table == table for p in each for m in p.mentions)}
    lists = _lists(framework).values() if framework is not None else ()
    left = [[one for one in codes if one not in there] for codes in lists if slot.code in codes]
    return left[0][0] if left and len(left[0]) == 1 else ""


def _lists(framework: Framework) -> dict[str, list[str]]:
    """The codes that are listed together, by what they make up: the indicators, and the questions of each instrument."""
    found = {"ITA": [one.code for one in framework.indicators]} if framework.status is not Certainty.UNVERIFIED else {}
    for instrument in framework.instruments:
        questions = [one for one in framework.questions if one.instrument == instrument.code]
        if questions and all(one.status is not Certainty.UNVERIFIED for one in questions):
            found[instrument.code] = [one.code for one in questions]
    return found
