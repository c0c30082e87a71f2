"""One file of `patterns/frameworks/` becomes one year's framework, checked for gaps, doubles and sums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from prongsai.errors import KnowledgeError
from prongsai.knowledge.entries import SAYS_SURE, Entry
from prongsai.knowledge.types import Certainty, Framework, Grade, Indicator, Instrument, Part, Question, Subindicator

INSTRUMENT_OF = {"i": "IIT", "e": "EIT", "o": "OIT"}
"""The letter of a question's code and the instrument that asks it, in the order in which they are listed."""

_RANGE = re.compile(r"([ieo])([1-9]\d*)(?:-([ieo])([1-9]\d*))?")
_INDICATOR = re.compile(r"ind([1-9]\d*)")
_SUBINDICATOR = re.compile(r"(ind[1-9]\d*)\.[1-9]\d*")
_FILE_KEYS = frozenset({"fiscal_year", "status", "source", "instruments", "indicators", "grades", "questions"})
_FILE_OPTIONS = frozenset({"subindicators", "sources", "wording", "also"})


@dataclass(frozen=True, slots=True)
class Names:
    """`names.toml`: what instruments, parts and indicators are called in any year, by code."""

    instruments: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]]
    indicators: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    """Thai aliases and English names."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A framework before wordings are borrowed: `like` maps a question's code to the year to borrow from."""

    framework: Framework
    like: Mapping[str, int]
    where: str


def parse_names(file: Entry) -> Names:
    """`names.toml` as `Names`; raises `KnowledgeError` on unknown keys."""
    file.check(SAYS_SURE | {"instruments", "parts", "indicators"})
    outer = file.sureness()

    def names_of(group: str) -> dict[str, tuple[str, ...]]:
        found = {}
        for code in file.entry(group).table:
            entry = file.entry(group).entry(code).check(frozenset({"names"}), SAYS_SURE)
            entry.sureness(outer)
            found[code] = entry.texts("names")
        return found

    indicators = {}
    for code in file.entry("indicators").table:
        entry = file.entry("indicators").entry(code).check(frozenset(), SAYS_SURE | {"aliases", "name_en"})
        entry.sureness(outer)
        indicators[code] = (entry.texts("aliases"), entry.texts("name_en"))
    return Names(names_of("instruments"), names_of("parts"), indicators)


def parse_framework(file: Entry, names: Names) -> Draft:
    """A year's file as a draft; raises `KnowledgeError` for whatever is unknown, missing, double or does not add up."""
    file.check(_FILE_KEYS, _FILE_OPTIONS)
    outer = file.sureness()
    sources = _Sources(file.entry("sources"))
    instruments = tuple(_instrument(entry, names) for entry in file.entries("instruments"))
    if sum(entry.weight for entry in instruments) != 1:
        raise file.fail("the weights of the instruments do not add up to 1")
    _refuse_doubles(file, "instrument", [entry.code for entry in instruments])
    indicators = tuple(
        _indicator(entry, names, {instrument.code for instrument in instruments}, outer, sources) for entry in file.entries("indicators")
    )
    _refuse_doubles(file, "indicator", [entry.code for entry in indicators])
    _refuse_gaps(file, "ind", [entry.number for entry in indicators])
    of_indicator = {entry.code: entry.instrument for entry in indicators}
    subindicators, sub_of = _subindicators(file, of_indicator, outer, sources)
    questions, like = _questions(file, of_indicator, sub_of, outer, sources)
    sources.refuse_unused()
    framework = Framework(file.integer("fiscal_year"), instruments, indicators, subindicators, questions, _grades(file), outer[0], outer[1])
    return Draft(framework, like, file.where)


def borrow_wordings(drafts: Iterable[Draft]) -> dict[int, Framework]:
    """The frameworks by year; a question that is `like` another year's takes that wording as an alias."""
    by_year = {draft.framework.fiscal_year: draft for draft in drafts}
    done = {}
    for year, draft in sorted(by_year.items()):
        questions = []
        for question in draft.framework.questions:
            lender_year = draft.like.get(question.code)
            if lender_year is None:
                questions.append(question)
                continue
            if lender_year == year or lender_year not in by_year:
                raise KnowledgeError(f"{question.code} is like {lender_year}, which is no other year", draft.where)
            lender = by_year[lender_year].framework.question(question.code)
            if lender is None:
                raise KnowledgeError(f"{question.code} is like {lender_year}, which has no such question", draft.where)
            lent = (text for text in (lender.wording, *lender.aliases) if text and text != question.wording)
            questions.append(replace(question, aliases=tuple(dict.fromkeys((*question.aliases, *lent)))))
        done[year] = replace(draft.framework, questions=tuple(questions))
    return done


def expand(entry: Entry, text: str) -> tuple[tuple[str, int], ...]:
    """`o1-o20` as ((`o`, 1) … (`o`, 20)), `e9` as ((`e`, 9),); raises `KnowledgeError` otherwise."""
    found = _RANGE.fullmatch(text)
    if found is None:
        raise entry.fail(f"{text!r} is no code and no range of codes", "Write e9 or o1-o20")
    letter, first, last_letter, last = found.groups()
    if last is None:
        return ((letter, int(first)),)
    if last_letter != letter or int(last) <= int(first):
        raise entry.fail(f"{text!r} does not rise within one letter")
    return tuple((letter, number) for number in range(int(first), int(last) + 1))


class _Sources:
    """The file's `sources`: short names for long texts, each to be used at least once."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.texts = {key: entry.name(key) for key in entry.table}
        self.used: set[str] = set()

    def of(self, entry: Entry, outer: tuple[Certainty, str]) -> tuple[Certainty, str]:
        status, source = entry.sureness(outer)
        if source in self.texts:
            self.used.add(source)
            source = self.texts[source]
        return status, source

    def refuse_unused(self) -> None:
        if unused := sorted(self.texts.keys() - self.used):
            raise self.entry.fail(f"{unused[0]} is used by no entry", "Remove it or use it")


def _instrument(entry: Entry, names: Names) -> Instrument:
    entry.check(frozenset({"code", "weight"}), frozenset({"parts"}))
    code, weight = entry.name("code"), entry.number("weight")
    if code not in INSTRUMENT_OF.values():
        raise entry.fail(f"{code} is none of {', '.join(INSTRUMENT_OF.values())}")
    if not names.instruments.get(code):
        raise entry.fail("names.toml has no name for it", f"Add [instruments.{code}] there")
    parts = []
    for part in entry.entries("parts"):
        part.check(frozenset({"code", "weight"}))
        part_code = part.name("code")
        if not names.parts.get(part_code):
            raise part.fail("names.toml has no name for it", f"Add [parts.{part_code}] there")
        parts.append(Part(part_code, part.number("weight"), names.parts[part_code]))
    _refuse_doubles(entry, "part", [part.code for part in parts])
    if parts and sum(part.weight for part in parts) != weight:
        raise entry.fail("the weights of the parts do not add up to the instrument's")
    return Instrument(code, weight, names.instruments[code], tuple(parts))


def _indicator(entry: Entry, names: Names, instruments: set[str], outer: tuple[Certainty, str], sources: _Sources) -> Indicator:
    entry.check(frozenset({"code", "instrument", "name"}), SAYS_SURE | {"aliases"})
    code, instrument, name = entry.name("code"), entry.name("instrument"), entry.name("name")
    found = _INDICATOR.fullmatch(code)
    if found is None:
        raise entry.fail(f"{code!r} is no indicator's code", "Write ind1")
    if instrument not in instruments:
        raise entry.fail(f"{instrument} is no instrument of this year")
    aliases, name_en = names.indicators.get(code, ((), ()))
    every = tuple(alias for alias in dict.fromkeys((*entry.texts("aliases"), *aliases)) if alias != name)
    return Indicator(code, int(found[1]), instrument, name, every, name_en, *sources.of(entry, outer))


def _subindicators(
    file: Entry, of_indicator: Mapping[str, str], outer: tuple[Certainty, str], sources: _Sources
) -> tuple[tuple[Subindicator, ...], dict[tuple[str, int], str]]:
    found: list[Subindicator] = []
    sub_of: dict[tuple[str, int], str] = {}
    for entry in file.entries("subindicators"):
        entry.check(frozenset({"code", "indicator", "name"}), SAYS_SURE | {"aliases", "questions"})
        code, indicator = entry.name("code"), entry.name("indicator")
        match = _SUBINDICATOR.fullmatch(code)
        if match is None or match[1] != indicator or indicator not in of_indicator:
            raise entry.fail(f"{code!r} is no sub-indicator of {indicator}", "Write ind9.1 under ind9")
        found.append(Subindicator(code, indicator, entry.name("name"), entry.texts("aliases"), *sources.of(entry, outer)))
        for key in expand(entry, entry.text("questions")) if entry.text("questions") else ():
            if key in sub_of:
                raise entry.fail(f"{key[0]}{key[1]} also stands under {sub_of[key]}")
            sub_of[key] = code
    _refuse_doubles(file, "sub-indicator", [entry.code for entry in found])
    return tuple(found), sub_of


def _questions(
    file: Entry,
    of_indicator: Mapping[str, str],
    sub_of: Mapping[tuple[str, int], str],
    outer: tuple[Certainty, str],
    sources: _Sources,
) -> tuple[tuple[Question, ...], dict[str, int]]:
    wordings, also = file.entry("wording"), file.entry("also")
    found: dict[tuple[str, int], Question] = {}
    like = {}
    for entry in file.entries("questions", "codes"):
        entry.check(frozenset({"codes", "indicator"}), SAYS_SURE | {"like"})
        indicator = entry.name("indicator")
        status, source = sources.of(entry, outer)
        for letter, number in expand(entry, entry.name("codes")):
            code, instrument = f"{letter}{number}", INSTRUMENT_OF[letter]
            sub = sub_of.get((letter, number), "")
            if (letter, number) in found:
                raise entry.fail(f"{code} stands twice")
            if of_indicator.get(indicator) != instrument:
                raise entry.fail(f"{indicator} is no indicator of {instrument}")
            if sub and not sub.startswith(f"{indicator}."):
                raise entry.fail(f"{code} stands under {indicator} and under {sub}")
            found[letter, number] = Question(
                code, letter, number, instrument, indicator, sub, wordings.text(code), also.texts(code), status, source
            )
            if "like" in entry.table:
                like[code] = entry.integer("like")
    for letter in INSTRUMENT_OF:
        _refuse_gaps(file, letter, sorted(number for of, number in found if of == letter))
    for table in (wordings, also):
        if unknown := sorted(table.table.keys() - {entry.code for entry in found.values()}):
            raise table.fail(f"{unknown[0]} is no question of this year")
    if stray := sorted(sub_of.keys() - found.keys()):
        raise file.fail(f"{sub_of[stray[0]]} names {stray[0][0]}{stray[0][1]}, which is no question of this year")
    order = list(INSTRUMENT_OF)
    return tuple(found[key] for key in sorted(found, key=lambda key: (order.index(key[0]), key[1]))), like


def _grades(file: Entry) -> tuple[Grade, ...]:
    found: list[Grade] = []
    for entry in file.entries("grades", "name"):
        entry.check(frozenset({"name", "floor", "ceiling"}), frozenset({"instrument_floor", "aliases"}))
        least = entry.number("instrument_floor") if "instrument_floor" in entry.table else None
        grade = Grade(entry.name("name"), entry.number("floor"), entry.number("ceiling"), least, entry.texts("aliases"))
        if not Decimal(0) <= grade.floor < grade.ceiling <= Decimal(100):
            raise entry.fail("floor and ceiling are no band of 0 to 100")
        if found and grade.floor > found[-1].floor:
            raise entry.fail("grades do not stand from the best down")
        found.append(grade)
    _refuse_doubles(file, "grade", [name for grade in found for name in (grade.name, *grade.aliases)])
    return tuple(found)


def _refuse_doubles(entry: Entry, what: str, names: list[str]) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise entry.fail(f"{what} {twice[0]} stands twice", "Remove one")


def _refuse_gaps(entry: Entry, letter: str, numbers: list[int]) -> None:
    if numbers != list(range(1, len(numbers) + 1)):
        missing = next(number for number in range(1, len(numbers) + 1) if number not in numbers)
        raise entry.fail(f"{letter}{missing} is missing or out of order", "Number without gaps from 1")
    if not numbers:
        raise entry.fail(f"there is no {letter}1")
