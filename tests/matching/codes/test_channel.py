"""How likely a code is to be printed as what stands there."""

from __future__ import annotations

import numpy as np
import pytest

from prongsai.knowledge import Knowledge
from prongsai.matching.codes.channel import LEVEL_PRIOR, LEVELS, Channel

CODES = [f"i{number}" for number in range(1, 16)] + [f"e{number}" for number in range(1, 10)] + [f"o{number}" for number in range(1, 29)]


@pytest.fixture(scope="module")
def channel(knowledge: Knowledge) -> Channel:
    return Channel(CODES, knowledge.code_confusions)


@pytest.mark.parametrize(
    ("glyphs", "code"),
    [
        ("i1", "i1"),
        ("o28", "o28"),
        ("028", "o28"),
        ("l5", "i5"),
        ("c4", "e4"),
        ("o01", "o1"),
        ("e\N{REPLACEMENT CHARACTER}", None),
        ("()3", "o3"),
    ],
)
def test_the_likeliest_code_of_a_print(glyphs: str, code: str | None, channel: Channel) -> None:
    odds = LEVEL_PRIOR @ channel.odds(glyphs)

    if code is None:
        assert {CODES[at] for at in np.argsort(odds)[-9:]} == {f"e{number}" for number in range(1, 10)}
    else:
        assert CODES[int(odds.argmax())] == code


def test_a_measured_confusion_is_likelier_than_any_other(channel: Channel) -> None:
    five_for_four, two_for_four = (channel.odds(glyphs)[-1, CODES.index("o4")] for glyphs in ("o5", "o2"))

    assert five_for_four > 5 * two_for_four


def test_a_well_printed_code_is_hardly_anything_else(channel: Channel) -> None:
    odds = LEVEL_PRIOR @ channel.odds("e7")

    assert odds[CODES.index("e7")] > 0.9 * odds.sum()


def test_what_was_asked_before_changes_no_odds(channel: Channel, knowledge: Knowledge) -> None:
    for glyphs in ("i1", "12", "o2o", "w", "028", "i1", "eeee", "()3"):
        alone = Channel(CODES, knowledge.code_confusions).odds(glyphs)

        assert alone.shape == (len(LEVELS), len(CODES))
        assert np.allclose(channel.odds(glyphs), alone)
        assert (alone > 0).all()


def test_odds_of_all_prints_of_a_code_add_up_to_no_more_than_one(channel: Channel) -> None:
    glyphs = "ieo0123456789clw@"
    prints = list(glyphs) + [a + b for a in glyphs for b in glyphs] + [a + b + c for a in glyphs for b in glyphs for c in glyphs]

    assert np.max(np.sum([channel.odds(each) for each in prints], axis=0)) < 1.05
