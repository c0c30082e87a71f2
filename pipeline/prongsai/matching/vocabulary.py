"""The phrases of `patterns/` made ready for looking up, once per process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from prongsai.knowledge import Framework, Knowledge
from prongsai.language.folding import Lexicon, fold_phrase


class Vocabulary:
    """Lexicons and compiled patterns over one `Knowledge`; all of them work on folded text."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        phrases = knowledge.phrases
        self.labels: Lexicon[tuple[str, bool]] = Lexicon(_labels(knowledge))
        self.names: dict[str, str] = dict(_names(knowledge))
        self.subindicators: dict[str, str] = dict(_subindicators(knowledge))
        self.subindicator_number = re.compile(
            f"^\\W*(?:{_options(phrases['label.subindicator_number'])})?(?P<code>9\\.[1-5]|10\\.[1-2])(?!\\d)"
        )
        self.filler = _anywhere(phrases["label.filler"])
        self.number_filler = _anywhere([*phrases["number.filler"], *_grade_names(knowledge)])
        self.indicator_word = _anywhere(phrases["label.indicator_number"])
        self.indicator_number = re.compile(f"(?:{_options(phrases['label.indicator_number'])})\\(?0?(\\d{{1,2}})\\)?[.:]?$")
        self.indicator_scored = re.compile(
            f"(?:{_options(phrases['label.indicator_number'])})\\(?0?(?P<number>10|[1-9])\\)?(?=[:=]+\\(?\\d)"
        )
        self.indicator_number_start = re.compile(
            f"^\\W*(?:(?:{_options(phrases['label.indicator_number'])})\\(?0?(\\d{{1,2}})\\)?[.:)]?|\\(?(\\d{{1,2}})[.)])"
        )
        connectors = _options([*phrases["cue.connector"], *phrases["cue.connector_overall"]])
        fiscal = f"(?:{_options(phrases['year.fiscal'])})[.(]*"
        year = f"(?:{fiscal})+(?:25\\d\\d|20[0-4]\\d|\\d\\d)(?!\\d)\\)?"
        tail = f"(?:(?:{connectors}|[:=(])*(?:{year}=)?)$"
        self.score_cue = re.compile(f"(?:{_options(phrases['cue.score'])})(?P<connector>{tail})")
        self.weak_cue = re.compile(f"(?:{_options(phrases['cue.score_weak'])})(?:[:=(])*$")
        difference = _options(phrases["cue.difference_connector"])
        self.difference_cue = re.compile(
            f"(?:(?P<up>{_options(phrases['cue.difference_up'])})|(?P<down>{_options(phrases['cue.difference_down'])}))(?:{difference})*$"
        )
        between = f"(?:{connectors}|{_options(phrases['cue.score_weak'])}|[:=(])*"
        self.score_at_start = re.compile(f"^{between}\\d{{1,3}}\\.\\d\\d(?!\\d)")
        unit = _options(phrases["cue.score"][:1])
        self.score_at_end = re.compile(f"(?:{_options(phrases['cue.score_weak'])})\\d{{1,3}}(?:\\.\\d\\d)?(?:{unit})\\W*$")
        self.year_cut = re.compile(f"(?:{_options(phrases['year.cut'])})\\W*$")
        self.year_rest = re.compile(f"^\\W*(?:{_options(phrases['year.rest'])})*\\W*25[5-9]\\d(?!\\d)")
        self.year_rest_alone = re.compile(f"{self.year_rest.pattern}\\W*$")
        self.connector_overall = _anywhere(phrases["cue.connector_overall"])
        self.target = _anywhere(phrases["cue.target"])
        self.target_before = re.compile(f"(?:{_options(phrases['cue.target'])})$")
        self.counted_after = re.compile(f"^(?:{_options(phrases['cue.counted_after'])})(?!{fold_phrase(phrases['cue.ordinal'][0])})")
        self.percent_before = re.compile(f"(?:{_options(phrases['cue.percent'])})[:=(]*$")
        self.bound_after = re.compile(f"^(?:{_options(phrases['cue.bound_after'])})")
        self.of_year = _anywhere(phrases["year.of"])
        self.unit_after = re.compile(f"^(?:{_options(phrases['cue.score'][:1])}|%)")
        self.label_follows = re.compile(f"^(?:{_options(phrases['cue.score'][:1])})?(?:{_options(phrases['cue.label_follows'])})")
        self.between_labels = re.compile(f"^(?:{_options(phrases['cue.between_labels'])}|[,()0-9.])*$")
        separators = _options([*phrases["cue.between_labels"], *phrases["cue.score"], *phrases["cue.score_weak"]])
        self.between_numbers = re.compile(f"^(?:{separators}|[%,;()])*$")
        self.listed_labels = re.compile(f"^(?:{_options([*phrases['cue.between_labels'], *phrases['label.filler']])}|[,()0-9.])*$")
        self.respectively = _anywhere(phrases["cue.respectively"])
        self.year_words = re.compile(year)
        self.next_year = re.compile(f"^(?:{separators}|[%,;()])*{year}{between}$")
        self.was_before = re.compile(f"(?:{_options(phrases['cue.from'])})$")
        self.year_after = re.compile(f"^(?:{unit}|%)?(?:{_options(phrases['year.of'])})*{year}")
        self.becomes_after = re.compile(f"^(?:{unit}|%)?(?:{_options(phrases['cue.to'])})")
        self.national = _anywhere(phrases["cue.national"])
        self.reference = re.compile(f"(?:{_options(phrases['cue.reference'])})[(]*$")
        to = f"(?:-|{_options(phrases['cue.range'])})"
        self.code_range = re.compile(f"[ieo]\\d{{1,2}}{to}[ieo0]?\\d{{1,2}}(?!\\d)")
        self.range_word = re.compile(to)
        self.range_began = re.compile(f"(?<![a-z0-9])o\\d{{1,2}}{to}$")
        self.range_goes_on = re.compile(f"^{to}o\\d{{1,2}}(?!\\d)")
        self.code_after = re.compile(f"^(?:{_options(phrases['cue.code_after'])})")
        self.header_score = _anywhere(phrases["header.score"])
        self.header_difference = _anywhere(phrases["header.difference"])
        self.header_ignore = re.compile(f"^(?:{_options(phrases['header.ignore'])})")
        self.weight_column = re.compile(f"^(?:{_options(phrases['header.weight_column'])})")
        self.header_agency = re.compile(f"^(?:{_options(phrases['header.agency'])})")
        self.header_question = re.compile(f"^(?:{_options(phrases['header.question'])})")
        self.part = re.compile(f"^(?:{_options(_part_names(knowledge))})$")
        self.header_label = re.compile(f"^(?:{_options(phrases['header.label'])})")
        self.header_goal = re.compile(f"^(?:{_options(phrases['header.goal'])})")
        self.header_year = re.compile(f"(?:{_options(phrases['header.year'])})")
        self.criteria = _anywhere(phrases["header.criteria"])
        self.weight_row = re.compile(f"^(?:{_options(phrases['header.weight_row'])})")
        self.difference_row = re.compile(f"^(?:{_options(phrases['header.difference_row'])})")
        self.overall_column = {fold_phrase(phrase) for phrase in phrases["label.overall_column"]}
        self.total_row = {fold_phrase(phrase) for phrase in phrases["label.total_row"]}
        self.fiscal_before = re.compile(
            f"(?:{_options(phrases['year.fiscal'])})[.(\"'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]*$"
        )
        self.assessment_before = re.compile(f"(?:{_options(phrases['year.assessment'])})[.(-]*$")
        self.fiscal_year = re.compile(
            f"\\W*(?P<number>\\d{{1,2}}(?:\\.\\d{{1,2}})*[.)])?\\W*(?:{_options(phrases['year.heading'])})25\\d\\d\\W*"
        )
        until = _options(phrases["year.until"])
        self.years_go_on = re.compile(f"^\\)?(?:{until})(?:{fiscal})*25\\d\\d(?!\\d)")
        self.years_began = re.compile(f"25\\d\\d\\)?(?:{until})(?:{fiscal})*$|-$")
        self.between_years = re.compile(f"(?:{_options(phrases['year.between'])})+")
        self.previous_year = _anywhere(phrases["year.previous"])
        compared = {fold_phrase(phrase) for phrase in phrases["year.comparison"]}
        compared |= {phrase.removesuffix(fold_phrase(word)) for phrase in compared for word in phrases["year.fiscal"]}
        self.compared_before = re.compile(f"(?:{_options([*compared, *phrases['cue.from']])})$")
        self.previous_column = re.compile(
            f"^(?:{_options([*phrases['header.score'], *phrases['year.of']])})*\\(?(?:{_options(phrases['year.previous'])})"
        )
        self.months = {fold_phrase(name): at % 12 + 1 for at, name in enumerate(phrases["year.month"])}
        self.day = re.compile(
            f"(?<!\\d)(?P<day>[12]\\d|3[01]|0?[1-9])(?P<month>{_options(phrases['year.month'])})(?:{fiscal})*(?P<year>25\\d\\d)(?!\\d)"
        )
        self.meeting = _anywhere(phrases["year.meeting"])
        self.strange_year = re.compile(f"(?:{_options(phrases['year.heading'])})[.(]*(?P<year>[1-9]\\d{{3}})(?!\\d|[.,]\\d)")
        self.month_before = re.compile(f"(?:{_options(phrases['year.month'])})$")
        self.comparison_before = re.compile(f"(?:{_options(phrases['year.comparison'])})(?:{_options(phrases['year.fiscal'])}|[.(])*$")
        self.result = _anywhere(phrases["year.result"])
        self.plan = _anywhere(phrases["year.plan"])
        self.grades: Lexicon[str] = Lexicon(_grades(knowledge))
        self.grade_before = re.compile(f"(?:{_options(phrases['grade.before'])})[:(]*$")
        self.grade_word = re.compile(f"^(?:{_options(phrases['grade.before'])})")
        self.grade_not_after = re.compile(f"^(?:{_options(phrases['grade.not_after'])})")
        self.grade_not_own = _anywhere(phrases["grade.not_own"])

    def framework(self, year: int | None) -> Framework:
        """The framework of a fiscal year, or the nearest one known where the year is not."""
        years = self.knowledge.frameworks
        if year is not None and year in years:
            return years[year]
        wanted = max(years) if year is None else year
        return years[min(years, key=lambda known: (abs(known - wanted), -known))]


@lru_cache(maxsize=4)
def vocabulary(knowledge: Knowledge) -> Vocabulary:
    """The vocabulary of a knowledge, built on the first call."""
    return Vocabulary(knowledge)


def _options(phrases: Iterable[str]) -> str:
    """Alternatives of a regular expression over folded text, longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted({fold_phrase(phrase) for phrase in phrases} - {""}, key=len, reverse=True))


def _anywhere(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_options(phrases))


def _names(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Folded names of indicators and sub-indicators, for comparing where OCR damaged them; newer years last."""
    for year in sorted(knowledge.frameworks):
        framework = knowledge.frameworks[year]
        for indicator in framework.indicators:
            for name in (indicator.name, *indicator.aliases):
                yield fold_phrase(name), indicator.code


def _subindicators(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Folded names of sub-indicators; too plain to be looked for inside other text."""
    for year in sorted(knowledge.frameworks):
        for sub in knowledge.frameworks[year].subindicators:
            for name in (sub.name, *sub.aliases):
                yield fold_phrase(name), sub.code


def _labels(knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Phrase, (code, is weak); names of newer years first, since `Lexicon` keeps the first meaning."""
    for year in sorted(knowledge.frameworks, reverse=True):
        framework = knowledge.frameworks[year]
        for indicator in framework.indicators:
            for name in (indicator.name, *indicator.aliases, *indicator.name_en):
                yield name, (indicator.code, False)
        for instrument in framework.instruments:
            yield instrument.code, (instrument.code, False)
            for name in instrument.names:
                yield name, (instrument.code, False)
            for part in instrument.parts:
                yield part.code, (part.code, False)
                for name in part.names:
                    yield name, (part.code, False)
    for phrase in knowledge.phrases["label.overall"]:
        yield phrase, ("ITA", False)
    for phrase in knowledge.phrases["label.overall_weak"]:
        yield phrase, ("ITA", True)


def _part_names(knowledge: Knowledge) -> Iterator[str]:
    for framework in knowledge.frameworks.values():
        for instrument in framework.instruments:
            for part in instrument.parts:
                yield from part.names


def _grades(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for framework in knowledge.frameworks.values():
        for grade in framework.grades:
            for name in (grade.name, *grade.aliases):
                yield name, grade.name


def _grade_names(knowledge: Knowledge) -> Iterator[str]:
    for phrase, _ in _grades(knowledge):
        if len(phrase) > 2:
            yield phrase
