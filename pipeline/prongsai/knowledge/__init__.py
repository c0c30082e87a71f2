"""What is known of ITA and of Thai print, read once from `patterns/` and checked both ways.

An entry that the program does not know and an entry that it needs and does not find are both a `KnowledgeError`,
which names the file and the entry. A new fiscal year is a new file in `patterns/frameworks/`, and no code.
"""

from __future__ import annotations

from prongsai.knowledge.load import load_knowledge, patterns_folder
from prongsai.knowledge.needs import MESSAGE_NAMES, PHRASE_GROUPS
from prongsai.knowledge.types import (
    AgencyCues,
    AgencyKind,
    AgencyName,
    Beginning,
    Book,
    Certainty,
    Framework,
    Grade,
    Indicator,
    Instrument,
    Knowledge,
    Message,
    NationalAverage,
    Part,
    Question,
    ShortName,
    SlipCosts,
    Subindicator,
)

__all__ = [
    "MESSAGE_NAMES",
    "PHRASE_GROUPS",
    "AgencyCues",
    "AgencyKind",
    "AgencyName",
    "Beginning",
    "Book",
    "Certainty",
    "Framework",
    "Grade",
    "Indicator",
    "Instrument",
    "Knowledge",
    "Message",
    "NationalAverage",
    "Part",
    "Question",
    "ShortName",
    "SlipCosts",
    "Subindicator",
    "load_knowledge",
    "patterns_folder",
]
