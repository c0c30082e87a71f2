"""How unlike two printed names are: the cost of printing one for the other, letters that are alike costing less.

Four forms of a name are compared, each with fewer of the differences that print and OCR make: as it is printed; without
tone marks; without the vowels above and below the line; and with letters that are alike written as one. A slip costs
what it costs in each form in which it is still seen, so that a lost tone mark costs least and another consonant most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from prongsai.language.folding import fold
from prongsai.matching.lines import plain

if TYPE_CHECKING:
    import numpy as np

    from prongsai.knowledge import Knowledge

MARK, VOWEL, ALIKE, LETTER = 0.3, 1.2, 2.4, 4.6
"""Costs of one slip, as negative natural logarithms of how often it happens: in a tone mark, in a vowel above or below the
line, between letters that are alike, in any other letter. Set by hand after the losses of OCR: marks go first, then vowels."""
_STEPS = (MARK, VOWEL - MARK, ALIKE - VOWEL, LETTER - ALIKE)
FLOATING = re.compile("[\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER SARA UU}]")
"""Vowels above and below the line: text layers print them a letter too early or too late, scans lose them."""

Forms = tuple[str, str, str, str, str]
"""A name as it is printed, folded, without vowels above and below, and that by shape and by sound."""


class Likeness:
    """Costs between names, over the groups of letters of one `Knowledge`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._shape = _one_of_each(knowledge.letter_groups["shape"])
        self._sound = _one_of_each(knowledge.letter_groups["sound"])

    def forms(self, name: str) -> Forms:
        """The forms of a name that are compared."""
        folded = fold(name)
        bare = FLOATING.sub("", folded)
        return plain(name), folded, bare, bare.translate(self._shape), bare.translate(self._sound)

    def cost(self, printed: str, meant: str) -> float:
        """The cost of printing `printed` for `meant`; 0 where they are the same."""
        return _cost(self.forms(printed), self.forms(meant))

    def costs(self, printed: str, meant: Sequence[Forms]) -> np.ndarray:
        """The cost of printing a name for each of others, as an array of floats."""
        import numpy as np
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        own = self.forms(printed)
        slips = [
            process.cdist([own[form]], [forms[form] for forms in meant], scorer=OSA.distance, dtype=np.uint8)[0].astype(np.float32)
            for form in range(5)
        ]
        total: np.ndarray = _STEPS[0] * slips[0] + _STEPS[1] * slips[1] + _STEPS[2] * slips[2] + _STEPS[3] * np.minimum(slips[3], slips[4])
        return total


@lru_cache(maxsize=4)
def likeness(knowledge: Knowledge) -> Likeness:
    """The costs over one `Knowledge`, made once per process."""
    return Likeness(knowledge)


def _cost(printed: Forms, meant: Forms) -> float:
    from rapidfuzz.distance import OSA

    raw, folded, bare, shape, sound = (OSA.distance(one, other) for one, other in zip(printed, meant, strict=True))
    return _STEPS[0] * raw + _STEPS[1] * folded + _STEPS[2] * bare + _STEPS[3] * min(shape, sound)


def _one_of_each(groups: Sequence[str]) -> dict[int, str]:
    """For `str.translate`: each letter of a group as the group's first."""
    return {ord(letter): group[0] for group in groups for letter in group}
