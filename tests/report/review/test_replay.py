"""What is answered in a review is put to use by the next run, and leaves the queue for good."""

from __future__ import annotations

import uuid
from decimal import Decimal
from pathlib import Path

import prongsai
from prongsai.records import Verdict
from prongsai.report.review.answers import Answers, Given
from prongsai.report.review.desk import Desk

CORPUS = Path(__file__).parents[3] / "corpus" / "reports"
REPORT = CORPUS / "0007-slipped.txt"


def run(out: Path, file: Path) -> prongsai.Tables:
    return prongsai.run([REPORT], out=out, formats=["parquet"], corrections=file if file.exists() else "").tables


def test_a_correction_survives_a_restart_and_changes_the_next_run(tmp_path: Path) -> None:
    out, file = tmp_path / "out", tmp_path / "corrections.csv"
    before = run(out, file)
    one, other = [mention for mention in before.mentions if mention.code == "ITA" or mention.scope == "instrument"][:2]
    with Desk(out, Answers(file)) as desk:
        for mention, text in ((one, "12.34"), (other, "56.78")):
            found = desk.find(f"value:{mention.mention_id}")
            assert found is not None
            desk.give(found[0], Given(str(uuid.uuid4()), Verdict.CORRECT, text, "misread", "somchai", frozenset()))
    after = {mention.mention_id: mention for mention in run(out, file).mentions}
    assert [after[mention.mention_id].value for mention in (one, other)] == [Decimal("12.34"), Decimal("56.78")]
    assert [after[mention.mention_id].printed_value for mention in (one, other)] == [one.printed_value, other.printed_value], (
        "the print stays as it is"
    )
    others = [mention for mention in before.mentions if mention.mention_id not in (one.mention_id, other.mention_id)]
    assert [after[mention.mention_id].value for mention in others] == [mention.value for mention in others]
    with Desk(out, Answers(file)) as desk:
        for mention in (one, other):
            found = desk.find(f"value:{mention.mention_id}")
            assert found is not None
            assert len(found[1]) == 1, "the answer is known for the place that it is about"
            assert f"value:{mention.mention_id}" not in [item.key for item in desk.after("", 50)]
