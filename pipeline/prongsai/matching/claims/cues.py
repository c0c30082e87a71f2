"""The phrases of claims as patterns over folded text, made once per process."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from prongsai.knowledge import Knowledge
from prongsai.language.folding import fold_phrase

NUMBER = r"(?<![\d.])\d{1,3}(?:\.\d{1,2})?(?![\d.]*\d)"
"""A whole numeral of a score or bound."""
_YEAR = r"(?:25|20)\d\d(?!\d)\)?"


class ClaimCues:
    """Patterns over one `Knowledge`; groups are named by what they hold."""

    def __init__(self, knowledge: Knowledge) -> None:
        def any_of(*groups: str) -> str:
            return options(phrase for group in groups for phrase in knowledge.phrases[group])

        score, unit = any_of("cue.score"), f"(?:{options(knowledge.phrases['cue.score'][:1])}|%)"
        units = f"(?:(?P<question>{any_of('claim.questions')})|(?P<indicator>{any_of('claim.indicators')})"
        units += f"|(?P<instrument>{any_of('claim.instruments')}))"
        things = any_of("claim.questions", "claim.indicators", "claim.instruments")
        says = f"(?:{any_of('cue.score', 'cue.score_weak', 'cue.connector', 'claim.has')}|[:=(])*"
        has = f"(?:(?:{any_of('claim.is_the')})(?:{things})(?:{any_of('claim.that')})|{any_of('claim.has')})*"
        when = f"(?:{any_of('year.of')})*(?:{any_of('year.fiscal')}|[.])+{_YEAR}"
        behind_score = "(?:(?<=\\d)|" + "|".join(f"(?<={fold_phrase(word)})" for word in (knowledge.phrases["cue.score"][0], "%")) + ")"
        self.extreme = re.compile(
            f"(?P<highest>{any_of('claim.highest')})|(?P<lowest>{any_of('claim.lowest')})|(?P<next>{any_of('claim.next')})"
        )
        self.scored = re.compile(
            f"(?:(?:{score})(?:{any_of('claim.score_link')})*|{behind_score}(?:{any_of('claim.that', 'claim.has')})+)$"
        )
        """Right before such a word: what makes it one of a score."""
        sides = ("claim.at_least", "claim.at_most", "claim.above", "claim.below", "claim.or_more", "claim.or_less")
        self.counting = re.compile(any_of("cue.difference_up", "cue.difference_down", "claim.same", *sides))
        """Something without which no text with a number in it counts scores."""
        self.group = re.compile(f"(?:{any_of('claim.group')})")
        lead = f"(?:(?:{any_of('claim.name_lead')})(?!\\d)|[:(])*"
        self.named = re.compile(
            f"(?:{says}(?P<value>{NUMBER}){unit}?|{when}|{any_of('claim.group')}|\\))*(?:{any_of('claim.is')}|:)+{lead}"
        )
        self.name_lead = re.compile(f"(?:{any_of('claim.name_lead')}|[:(,])*")
        self.of_lead = re.compile(f"(?:{any_of('year.of', 'claim.name_lead')}|[(])+")
        self.is_value = re.compile(f"(?:{any_of('claim.is', 'cue.score_weak', 'claim.count_link')}|[:=(])*(?P<value>{NUMBER})")
        self.full_before = re.compile(f"(?<!\\d)100(?:\\.00?)?{unit}?$")
        tie = f"{has}(?:{score}){says}|{has}(?:{any_of('cue.score_weak')})+"
        self.value_behind = re.compile(f"[)]*(?P<says>{tie}|\\()?(?P<value>{NUMBER})(?P<unit>{unit})?")
        self.value_further = re.compile(f"(?:{score}){says}(?P<value>{NUMBER})")
        self.has = re.compile(f"(?:{says}(?P<value>{NUMBER}){unit}?)?{has}")
        self.question_lead = re.compile(f"(?:{any_of('claim.questions')}|^\\W*)(?:{any_of('claim.that')})?$")
        self.score = re.compile(score)
        not_must = "".join(f"(?<!{fold_phrase(phrase)})" for phrase in knowledge.phrases["claim.not_must"])
        self.wish = re.compile(f"{any_of('claim.wish')}|{not_must}(?:{any_of('claim.must')})")
        goes_on = (
            "claim.has",
            "cue.score",
            "cue.score_weak",
            "cue.between_labels",
            "claim.is",
            "claim.next",
            "claim.fact",
            "cue.respectively",
        )
        self.goes_on = re.compile(f"[).:,]*(?:{any_of(*goes_on)}|[^\\w]|$)")
        """Behind an indicator's number: what shows that no name stands there."""
        self.many = re.compile(any_of("claim.of_many", "cue.national"))
        self.fact = re.compile(any_of("claim.fact"))
        self.afresh = re.compile(any_of("claim.afresh"))

        counted = f"(?<!\\d)(?<!\\d\\.)(?P<count>\\d{{1,2}}){units}(?!{any_of('cue.ordinal')}\\(?\\d)"
        that_has = f"(?:{any_of('claim.that')})(?:{any_of('claim.has', 'cue.score', 'claim.score_link')})*"
        change = f"(?:(?P<rose>{any_of('cue.difference_up')})|(?P<fell>{any_of('cue.difference_down')})|(?P<same>{any_of('claim.same')}))"
        links = any_of("cue.difference_connector", "claim.count_link", "claim.score_link", "year.previous")
        tail = f"(?:{links}|{when}|{any_of('year.fiscal')}{_YEAR})*"
        not_from = "".join(f"(?<!{fold_phrase(phrase)})" for phrase in knowledge.phrases["cue.from"])
        self.changed = re.compile(f"{change}{tail}{not_from}{counted}")
        self.changing = re.compile(f"{counted}{that_has}{change}")
        relation = f"(?:(?P<at_least>{any_of('claim.at_least')})|(?P<at_most>{any_of('claim.at_most')})"
        relation += f"|(?P<above>{any_of('claim.above')})|(?P<below>{any_of('claim.below')}))"
        beyond = f"(?:(?P<or_more>{any_of('claim.or_more')})|(?P<or_less>{any_of('claim.or_less')}))"
        side, bound = f"{relation}(?:{any_of('claim.bound_link')}|\\()*", f"(?P<bound>{NUMBER})(?P<unit>{unit})?"
        every = f"(?:{any_of('claim.every')}){units}"
        self.bound = re.compile(f"{side}{bound}{beyond}?")
        self.bound_beyond = re.compile(f"{bound}{beyond}")
        self.counted_behind = re.compile(f"[)]*(?:{any_of('claim.count_link')})*{counted}")
        self.counted_before = re.compile(f"{counted}{that_has}$")
        self.every_behind = re.compile(f"(?:{any_of('year.of')})*{every}")
        self.every_before = re.compile(
            f"{every}(?:{any_of('claim.has', 'cue.score', 'claim.score_link', 'year.of', 'claim.bound_link')})*$"
        )

        self.rank = re.compile(any_of("claim.rank"))
        self.rank_or_number = re.compile(any_of("claim.rank", "claim.rank_or_number"))
        self.by_score = re.compile(any_of("claim.by_score"))
        filler = f"(?:{any_of('claim.grade_filler')}|[:=()])*"
        to = f"(?:-|{any_of('claim.to')})"
        self.range = re.compile(
            f"(?:(?P<floor>{NUMBER}){unit}?{to}(?:{any_of('claim.grade_filler')})*(?P<ceiling>{NUMBER})|(?:{side})?{bound}{beyond}?){unit}?"
        )
        self.any_range = re.compile(f"\\d{unit}?(?:{to}|{any_of('claim.or_more')})")
        """Something of a grade's bounds."""
        self.grade_filler = re.compile(filler)


def options(phrases: Iterable[str]) -> str:
    """Alternatives of a regular expression over folded text, longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted({fold_phrase(phrase) for phrase in phrases} - {""}, key=len, reverse=True))


@lru_cache(maxsize=4)
def claim_cues(knowledge: Knowledge) -> ClaimCues:
    """The patterns of a knowledge, made on the first call."""
    return ClaimCues(knowledge)
