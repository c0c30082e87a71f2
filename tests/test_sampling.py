"""A sample stands for all: drawn by lot and the same each time, exact where all was read, and honest about the rest."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

import pytest

from prongsai.planning.sampling import Counted, Estimate, Group, draw, estimate
from prongsai.records import Kind, Source


def document(name: object, kind: Kind = Kind.PDF, size: int = 10_000, pages: int = 2) -> Counted:
    return Counted(Source(f"{name}", hashlib.sha256(f"{name}".encode()).hexdigest(), kind, size), pages)


def corpus(seed: int) -> list[Counted]:
    """240 texts, PDFs and scans; a scan has 40 times the bytes a page."""
    dice = random.Random(seed)
    texts = [document(f"t{at}", Kind.TEXT, 2_000, dice.randint(1, 3)) for at in range(80)]
    pdfs = [document(f"p{at}", Kind.PDF, dice.randint(8, 12) * 1_000, dice.randint(1, 9)) for at in range(120)]
    scans = [
        document(f"s{at}", Kind.PDF, pages * dice.randint(150, 250) * 1_000, pages) for at in range(40) for pages in [dice.randint(2, 30)]
    ]
    return [*texts, *pdfs, *scans]


def seconds(one: Counted) -> float:
    """What a document takes: 3 s a page for scans, give or take a third, 0.2 s for print."""
    dice = random.Random(one.source.sha256)
    return one.pages * (dice.uniform(2, 4) if one.source.path.startswith("s") else dice.uniform(0.1, 0.3))


def estimated(groups: Sequence[Group]) -> Estimate:
    return estimate(
        groups, [[one.pages for one in group.drawn] for group in groups], [[seconds(one) for one in group.drawn] for group in groups]
    )


def test_the_draw_is_the_same_whatever_the_order() -> None:
    documents = corpus(1)
    groups = draw(documents, 20, {})
    assert draw(documents[::-1], 20, {}) == groups
    assert sum(len(group.drawn) for group in groups) == 20
    assert all(set(group.drawn) <= set(group.members) for group in groups)
    assert sorted(one.source.path for group in groups for one in group.members) == sorted(one.source.path for one in documents)


def test_every_group_gives_two_and_those_with_most_bytes_give_more() -> None:
    groups = draw(corpus(1), 20, {})
    assert len(groups) == 6
    assert min(len(group.drawn) for group in groups) >= 2
    largest = max(groups, key=lambda group: sum(one.source.size_bytes for one in group.members))
    assert len(largest.drawn) == max(len(group.drawn) for group in groups) > 2


def test_a_small_sample_still_has_two_of_each_kind() -> None:
    documents = [*corpus(1), document("i", Kind.IMAGE)]
    drawn = [one.source.kind for group in draw(documents, 1, {}) for one in group.drawn]
    assert sorted(drawn) == [Kind.IMAGE, Kind.PDF, Kind.PDF, Kind.TEXT, Kind.TEXT]


def test_documents_without_pages_are_not_drawn() -> None:
    assert draw([document(1, pages=0), document(2, pages=-1)], 20, {}) == ()


def test_what_was_read_whole_is_known() -> None:
    documents = corpus(2)[:7]
    found = estimated(draw(documents, 20, {}))
    assert found.low == found.value == found.high == pytest.approx(sum(map(seconds, documents)))


def test_documents_that_were_not_counted_count() -> None:
    documents = corpus(2)[:7]
    found = estimated(draw(documents, 20, {Kind.TEXT: 3.0}))
    assert found.value == pytest.approx(3 * sum(map(seconds, documents)))
    assert found.low < found.value < found.high


def test_nine_of_ten_intervals_hold_the_truth() -> None:
    held, errors = 0, []
    for seed in range(60):
        dice = random.Random(seed)
        documents = [
            document(f"{one.source.path[0]}{seed}-{at}", one.source.kind, one.source.size_bytes, one.pages)
            for at, one in enumerate(corpus(seed))
        ]
        dice.shuffle(documents)
        truth = sum(map(seconds, documents))
        found = estimated(draw(documents, 30, {}))
        held += found.low <= truth <= found.high
        errors.append(abs(found.value / truth - 1))
    assert 50 <= held < 60
    assert sum(errors) / len(errors) < 0.15


def test_an_estimate_in_another_unit() -> None:
    assert Estimate(1, 2, 3).times(2).plus(1) == Estimate(3, 5, 7)
