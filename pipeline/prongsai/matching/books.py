"""Which book of rules a document follows: ITA's, or one that looks like it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from prongsai.knowledge import Knowledge
from prongsai.language.folding import fold, fold_phrase

ITA = "ITA"


def other_book(texts: Sequence[str], knowledge: Knowledge) -> str:
    """The name of the book that looks like ITA's and whose cues the document shows, or empty.

    A cue or item number counts once however often it stands; each book says how many different ones it takes, since
    genuine ITA reports name some of them in passing.
    """
    whole = "\n".join(texts)
    folded = fold(whole)
    best, most = "", 0
    for book in knowledge.books:
        cues = sum(fold_phrase(cue) in folded for cue in (*book.names, *book.cues))
        items = len({match.group() for pattern in book.codes for match in re.finditer(pattern, whole)})
        if cues and cues + items >= book.at_least and cues + items > most:
            best, most = book.name, cues + items
    return best
