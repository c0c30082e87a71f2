from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from prongsai.knowledge import load_knowledge
from prongsai.records import Asked
from prongsai.report.model import open_model
from prongsai.report.review.effects import effects
from prongsai.report.review.items import Items
from prongsai.report.review.queue import Queue

from .conftest import SCAN, TEXT


@pytest.mark.parametrize("year", load_knowledge().frameworks)
def test_every_code_has_its_share_and_the_questions_come_to_the_whole(year: int) -> None:
    framework = load_knowledge().frameworks[year]
    shares = dict(effects(framework))
    assert set(shares) == set(framework.all_codes())
    assert shares["ITA"] == 1
    assert abs(sum((shares[one.code] for one in framework.questions), Decimal(0)) - 1) < Decimal("1e-9")
    assert abs(sum((shares[one.code] for one in framework.indicators), Decimal(0)) - 1) < Decimal("1e-9")


def test_a_disclosure_question_weighs_less_than_its_indicator() -> None:
    shares = dict(effects(load_knowledge().frameworks[2568]))
    assert shares["o1"] < shares["ind9.1"] < shares["ind9"] < shares["OIT"] < shares["ITA"]


def test_what_is_doubted_is_asked_and_what_is_sure_is_not(folder: Path) -> None:
    with open_model(folder) as model:
        queue = Queue(model)
        keys = [entry.key for entry in queue.after(-1, 100)]
    assert sorted(keys) == sorted(
        [
            f"agency:{TEXT}",
            f"value:{SCAN}:2",  # unread
            f"value:{SCAN}:3",  # doubted
            f"value:{SCAN}:4",  # contradicted
            f"value:{SCAN}:1",  # a term of what is contradicted
            f"code:{SCAN}:5",
            f"year:{SCAN}:6",
        ]
    )
    assert queue.length == len(keys)


def test_what_moves_the_overall_score_most_comes_first(folder: Path) -> None:
    with open_model(folder) as model:
        entries = Queue(model).after(-1, 100)
    order = [entry.key for entry in entries]
    assert order[:2] == [f"agency:{TEXT}", f"value:{SCAN}:4"], "a whole report, then the overall score"
    assert order.index(f"value:{SCAN}:2") < order.index(f"value:{SCAN}:3"), "unread before unsure"
    assert order.index(f"value:{SCAN}:3") < order.index(f"value:{SCAN}:1"), "what a finding names before its terms"
    assert [entry.position for entry in entries] == list(range(len(entries)))
    assert all(one.priority >= other.priority for one, other in pairwise(entries))


def test_one_question_for_all_numbers_that_one_print_dates(folder: Path) -> None:
    with open_model(folder) as model:
        entry = Queue(model).find(f"year:{SCAN}:6")
    assert entry is not None
    assert entry.mention_ids == (f"{SCAN}:6", f"{SCAN}:7")


def test_the_queue_goes_on_behind_a_place(folder: Path) -> None:
    with open_model(folder) as model:
        queue = Queue(model)
        whole = queue.after(-1, 100)
        assert queue.after(whole[2].position, 2) == whole[3:5]
        assert queue.after(whole[-1].position, 5) == []
        assert queue.find("value:nothing:1") is None


def test_an_item_says_what_was_read_and_what_else_it_may_be(folder: Path) -> None:
    with open_model(folder) as model:
        items = Items(model, Queue(model))
        unread, total = items.find(f"value:{SCAN}:2"), items.find(f"value:{SCAN}:4")
        code, year, agency = items.find(f"code:{SCAN}:5"), items.find(f"year:{SCAN}:6"), items.find(f"agency:{TEXT}")
    assert unread is not None
    assert unread.read_as == ""
    assert [(one.text, one.probability) for one in unread.choices] == [("92.06", 0.3), ("๓๒.๐๖", 0.1)], "`Q&A` is no number"
    assert unread.reasons == ("unread",)
    assert (unread.width_pt, unread.page) == (595.0, 1)
    assert [one.code for one in unread.beside] == ["i1", "i2", "i3", "ITA", "i10"]
    assert total is not None
    assert [(one.text, one.by) for one in total.choices] == [("89.17", "audit")]
    assert total.reasons == ("contradicted",)
    assert total.findings[0].en == "ITA does not follow."
    assert code is not None
    assert (code.printed, code.read_as, code.confidence) == ("i๒๐", "i10", 0.73)
    assert {"i11", "i9"} & {one.text for one in code.choices}
    assert year is not None
    assert [spot.read_as for spot in year.spots] == ["2567", "2567"]
    assert [one.text for one in year.choices] == ["2568"]
    assert agency is not None
    assert agency.asked is Asked.AGENCY
    assert agency.spots[0].page is None


def test_any_number_can_be_asked_about(folder: Path) -> None:
    with open_model(folder) as model:
        items = Items(model, Queue(model))
        text = items.find(f"value:{TEXT}:2")
        assert text is not None
        assert text.spots[0].box is None
        assert (text.spots[0].line, text.spots[0].nth) == (5, 1), "the second of two equal prints on its line"
        for wrong in ("", "value:", f"value:{SCAN}", f"value:{SCAN}:99", "grade:x:1", f"agency:{'f' * 16}", f"code:{TEXT}"):
            assert items.find(wrong) is None, wrong
