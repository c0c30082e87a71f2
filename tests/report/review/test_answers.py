"""Answers: written once, held against others', taken back, and never lost."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from prongsai.errors import UsageError
from prongsai.export import write_tables
from prongsai.keeping.corrections import read_corrections
from prongsai.records import Asked, Mention, Verdict
from prongsai.report.review.answers import Answers, Given
from prongsai.report.review.desk import Desk
from prongsai.report.review.server import make_app

from .conftest import PORT, SCAN, SCAN_SHA, SEEN, TEXT, TEXT_SHA, TOKEN, Review, make_tables

ANSWERS = "/review/api/answers"
UNREAD, DOUBTED, TOTAL = (f"value:{SCAN}:{number}" for number in (2, 3, 4))


def answer(key: str, verdict: str = "confirm", corrected: str = "", **more: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "key": key, "seen": SEEN.get(key, ""), "verdict": verdict, "corrected": corrected, **more}


def rows(review: Review) -> list[dict[str, str]]:
    with review.file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_an_answer_is_a_row_that_says_all(review: Review) -> None:
    given = answer(DOUBTED, "correct", "๘๓.๔๐", reason="misread", who="สมหญิง")
    told = review.client().post(ANSWERS, json=given)
    assert told.status_code == 201
    assert [one["id"] for one in told.json()["answers"]] == [given["id"]]
    (row,) = rows(review)
    expected = {"correction_id": given["id"], "asked": "value", "verdict": "correct", "sha256": SCAN_SHA, "path": "reports/scan.pdf"}
    expected |= {"page": "1", "printed": "88.40", "read_as": "88.40", "corrected": "๘๓.๔๐", "reason": "misread", "made_by": "สมหญิง"}
    assert {name: row[name] for name in expected} == expected
    assert [float(row[side]) for side in ("x0", "top", "x1", "bottom")] == [400.0, 140.0, 430.0, 154.0]
    assert row["made_at"].endswith("Z")


def test_the_command_s_name_answers_where_the_page_says_none(review: Review) -> None:
    review.client().post(ANSWERS, json=answer(DOUBTED))
    assert rows(review)[0]["made_by"] == "somchai"


def test_an_answered_entry_leaves_the_queue(review: Review) -> None:
    client = review.client()
    before = client.get("/review/api/queue").json()
    client.post(ANSWERS, json=answer(DOUBTED))
    after = client.get("/review/api/queue").json()
    assert DOUBTED in [item["key"] for item in before["items"]]
    assert DOUBTED not in [item["key"] for item in after["items"]]
    assert after["standing"] == {"entries": before["standing"]["entries"], "done": 1, "answers": 1}
    behind = client.get("/review/api/queue", params={"after": before["items"][1]["key"], "count": 1}).json()
    assert [item["key"] for item in behind["items"]] == [before["items"][2]["key"]]


def test_the_same_answer_twice_is_one_row(review: Review) -> None:
    given, client = answer(DOUBTED), review.client()
    assert client.post(ANSWERS, json=given).status_code == 201
    again = client.post(ANSWERS, json=given)
    assert (again.status_code, len(rows(review))) == (200, 1)
    assert [one["id"] for one in again.json()["answers"]] == [given["id"]]


def test_another_answer_meanwhile_is_told_and_stands_until_it_is_superseded(review: Review) -> None:
    mine, theirs = review.client(), review.client()
    first = answer(DOUBTED, "correct", "83.40", who="A")
    assert mine.post(ANSWERS, json=first).status_code == 201
    second = answer(DOUBTED, "reject", who="B")
    told = theirs.post(ANSWERS, json=second)
    assert told.status_code == 409
    assert [(one["id"], one["corrected"], one["who"]) for one in told.json()["earlier"]] == [(first["id"], "83.40", "A")]
    assert set(told.json()["message"]) == {"th", "en"}
    assert len(rows(review)) == 1
    assert theirs.post(ANSWERS, json={**second, "supersedes": [first["id"]]}).status_code == 201
    (in_force,) = read_corrections(review.file).of(SCAN_SHA)
    assert in_force.verdict is Verdict.REJECT
    late = mine.post(ANSWERS, json=first)
    assert late.status_code == 200, "what is sent again after its answer got lost"
    assert [one["id"] for one in late.json()["answers"]] == [second["id"]]


def test_who_agrees_contradicts_nobody(review: Review) -> None:
    client = review.client()
    assert client.post(ANSWERS, json=answer(DOUBTED, "correct", "83.40")).status_code == 201
    assert client.post(ANSWERS, json=answer(DOUBTED, "correct", "๘๓.๔๐")).status_code == 201


def test_another_process_may_answer_too(review: Review) -> None:
    other = Answers(review.file)
    with Desk(review.folder, other) as desk:
        found = desk.find(DOUBTED)
        assert found is not None
        client = review.client()
        first = answer(DOUBTED, "correct", "83.40")
        client.post(ANSWERS, json=first)
        assert [one.correction_id for one in desk.find(DOUBTED)[1]] == [first["id"]]  # type: ignore[index]
        assert desk.standing().done == 1


def test_an_answer_is_taken_back(review: Review) -> None:
    client, given = review.client(), answer(DOUBTED)
    client.post(ANSWERS, json=given)
    assert client.post(ANSWERS, json=answer(DOUBTED, "withdraw")).status_code == 409, "of which answer, it must say"
    told = client.post(ANSWERS, json=answer(DOUBTED, "withdraw", supersedes=[given["id"]]))
    assert (told.status_code, told.json()["answers"], told.json()["standing"]["done"]) == (201, [], 0)
    assert [row["verdict"] for row in rows(review)] == ["confirm", "withdraw"], "nothing is ever taken out of the file"
    assert client.post(ANSWERS, json=answer(DOUBTED, "withdraw", supersedes=[given["id"]])).status_code == 200
    assert len(rows(review)) == 2
    assert DOUBTED in [item["key"] for item in client.get("/review/api/queue").json()["items"]]


def test_one_answer_dates_all_numbers_of_a_column_and_one_takes_it_back(review: Review) -> None:
    client, given = review.client(), answer(f"year:{SCAN}:6", "correct", "๒๕๖๘")
    for _ in range(2):
        told = client.post(ANSWERS, json=given)
    assert [(row["asked"], row["corrected"], row["read_as"]) for row in rows(review)] == [("year", "2568", "2567")] * 2
    assert len({row["correction_id"] for row in rows(review)}) == 2
    assert len(told.json()["answers"]) == 2
    back = client.post(ANSWERS, json=answer(f"year:{SCAN}:6", "withdraw", supersedes=[given["id"]]))
    assert (back.status_code, back.json()["answers"]) == (201, [])
    assert read_corrections(review.file).of(SCAN_SHA) == ()


def test_codes_and_agencies_are_answered_too(review: Review) -> None:
    client = review.client()
    assert client.post(ANSWERS, json=answer(f"code:{SCAN}:5", "correct", "I๑๑")).status_code == 201
    assert client.post(ANSWERS, json=answer(f"agency:{TEXT}", "correct", " เทศบาล  ตำบลตัวอย่าง ")).status_code == 201
    code, agency = rows(review)
    assert (code["corrected"], code["printed"], code["read_as"]) == ("i11", "i๒๐", "i10")
    assert (agency["corrected"], agency["page"], agency["sha256"]) == ("เทศบาล ตำบลตัวอย่าง", "", TEXT_SHA)


def test_of_equal_prints_on_a_line_the_one_that_was_meant_is_answered(review: Review) -> None:
    client = review.client()
    assert client.post(ANSWERS, json=answer(f"value:{TEXT}:2", "correct", "79.32")).status_code == 201
    (row,) = rows(review)
    assert (row["line"], row["nth"], row["x0"]) == ("5", "1", "")
    told = client.get(ANSWERS, params={"doc": TEXT}).json()["answers"]
    assert list(told) == [f"value:{TEXT}:2"]


@pytest.mark.parametrize(
    ("key", "verdict", "corrected", "reason"),
    [
        (UNREAD, "confirm", "", "Nothing was read"),
        (DOUBTED, "correct", "", "no number"),
        (DOUBTED, "correct", "abc", "no number"),
        (DOUBTED, "correct", "=1+1", "no number"),
        (DOUBTED, "correct", "834.0", "between 0 and 100"),
        (DOUBTED, "correct", "-1.5", "between 0 and 100"),
        (f"code:{SCAN}:5", "correct", "i16", "no code"),
        (f"code:{SCAN}:5", "correct", "xyz", "no code"),
        (f"year:{SCAN}:6", "correct", "2025", "no fiscal year"),
        (f"year:{SCAN}:6", "correct", "2639", "no fiscal year"),
        (f"year:{SCAN}:6", "correct", "68", "no fiscal year"),
        (f"agency:{TEXT}", "correct", " 12 ", "name"),
        (f"agency:{TEXT}", "correct", "ก" * 301, "name"),
    ],
)
def test_what_cannot_be_is_refused_in_both_languages(review: Review, key: str, verdict: str, corrected: str, reason: str) -> None:
    told = review.client().post(ANSWERS, json=answer(key, verdict, corrected))
    assert told.status_code == 422
    assert reason in told.json()["message"]["en"]
    assert told.json()["message"]["th"] != told.json()["message"]["en"]
    assert not review.file.exists()


def test_a_score_that_cannot_be_may_be_printed_all_the_same(review: Review) -> None:
    client = review.client()
    assert client.post(ANSWERS, json=answer(DOUBTED, "correct", "834.0")).json()["may_insist"] is True
    assert client.post(ANSWERS, json=answer(DOUBTED, "correct", "834.0", insists=True)).status_code == 201


def test_what_the_tables_do_not_have_cannot_be_answered(review: Review) -> None:
    assert review.client().post(ANSWERS, json=answer("value:nothing:1")).status_code == 404
    assert review.client().get("/review/api/item", params={"key": "value:nothing:1"}).status_code == 404
    assert review.client().get(ANSWERS, params={"doc": "nothing"}).status_code == 404


def test_texts_are_cells_and_nothing_else(review: Review) -> None:
    review.client().post(ANSWERS, json=answer(DOUBTED, who="=cmd()", reason="one\ntwo\x00\tthree"))
    (row,) = rows(review)
    assert (row["made_by"], row["reason"]) == ("'=cmd()", "one two three")
    assert read_corrections(review.file).rows[0].made_by == "=cmd()"


def test_a_broken_file_is_told_and_not_written_to(review: Review) -> None:
    review.file.parent.mkdir(parents=True, exist_ok=True)
    review.file.write_text("made by hand\n", encoding="utf-8")
    told = review.client().post(ANSWERS, json=answer(DOUBTED))
    assert told.status_code == 503
    assert "lacks the columns" in told.json()["message"]["en"]
    assert review.file.read_text(encoding="utf-8") == "made by hand\n"
    with pytest.raises(UsageError):
        Answers(review.file).now()


def test_answers_survive_a_restart(review: Review) -> None:
    review.client().post(ANSWERS, json=answer(DOUBTED, "correct", "83.40"))
    with Desk(review.folder, Answers(review.file)) as desk:
        assert desk.standing().done == 1
        assert DOUBTED not in [item.key for item in desk.after("", 50)]
        found = desk.find(DOUBTED)
        assert found is not None
        assert [one.corrected for one in found[1]] == ["83.40"]


def test_a_run_meanwhile_is_noticed(review: Review, tmp_path: Path) -> None:
    tables = make_tables()
    write_tables(tables, tmp_path, ["parquet"])
    with Desk(tmp_path, Answers(review.file)) as desk:
        assert desk.find(DOUBTED) is not None
        write_tables(replace(tables, mentions=tables.mentions[:2], findings=(), codes=()), tmp_path, ["parquet"])
        assert desk.find(DOUBTED) is None
        assert [item.key for item in desk.after("", 50)] == [f"value:{SCAN}:2"]


def renumbered(mention: Mention, nth: int) -> Mention:
    return replace(mention, mention_id=f"{SCAN}:{nth}")


def test_an_answer_is_about_what_was_seen_and_not_about_what_has_its_number_now(tmp_path: Path) -> None:
    tables, file = make_tables(), tmp_path / "corrections.csv"
    write_tables(tables, tmp_path, ["parquet"])
    with Desk(tmp_path, Answers(file)) as desk:
        client = Review(tmp_path, file, desk, make_app(desk, tmp_path, port=PORT, token=TOKEN, who="somchai")).client()

        def seen() -> str:
            told: str = client.get("/review/api/item", params={"key": DOUBTED}).json()["item"]["seen"]
            return told

        before = seen()
        # Another run finds one number less: all behind it move up.
        kept = [one for one in tables.mentions if one.doc_id == SCAN and not one.mention_id.endswith(":1")]
        others = [one for one in tables.mentions if one.doc_id != SCAN]
        moved = [renumbered(one, nth) for nth, one in enumerate(kept, start=1)]
        write_tables(replace(tables, mentions=(*moved, *others)), tmp_path, ["parquet"])
        for late in (before, ""):
            told = client.post(ANSWERS, json=answer(DOUBTED, "correct", "83.40") | {"seen": late})
            assert told.status_code == 409
            assert "The tables have changed" in told.json()["message"]["en"]
            assert "earlier" not in told.json()
            assert not file.exists()
        again = f"value:{SCAN}:2"
        assert client.post(ANSWERS, json=answer(again, "correct", "83.40") | {"seen": before}).status_code == 201, (
            "the same at another number"
        )
        assert client.post(ANSWERS, json=answer(DOUBTED, "reject") | {"seen": seen()}).status_code == 201
    assert [row.printed for row in read_corrections(file).rows] == ["88.40", "89.71"]


def test_two_numbers_of_one_word_are_two_also_when_they_are_read_otherwise(tmp_path: Path) -> None:
    tables, file = make_tables(), tmp_path / "corrections.csv"
    first, second = tables.mentions[2], replace(tables.mentions[3], box=tables.mentions[2].box)

    def give(key: str, text: str) -> None:
        found = desk.find(key)
        assert found is not None
        seen = frozenset(one.correction_id for one in found[1])
        desk.give(found[0], Given(str(uuid.uuid4()), Verdict.CORRECT, text, "", "somchai", seen))

    for print_, text in (("88.40", "83.40"), ("38.40", "83.45")):
        now = (*tables.mentions[:2], replace(first, printed_value=print_), second, *tables.mentions[4:])
        write_tables(replace(tables, mentions=now), tmp_path, ["parquet"])
        with Desk(tmp_path, Answers(file)) as desk:
            give(DOUBTED, text)
            give(TOTAL, "89.17")
    assert [(one.nth, one.corrected) for one in read_corrections(file).of(SCAN_SHA)] == [(0, "83.45"), (1, "89.17")]


def test_a_page_learns_what_was_answered_on_its_document(review: Review) -> None:
    client = review.client()
    assert client.get(ANSWERS, params={"doc": SCAN}).json()["answers"] == {}
    client.post(ANSWERS, json=answer(f"value:{SCAN}:1"))
    client.post(ANSWERS, json=answer(f"agency:{SCAN}"))
    told = client.get(ANSWERS, params={"doc": SCAN}).json()["answers"]
    assert {key: [one["verdict"] for one in those] for key, those in told.items()} == {
        f"value:{SCAN}:1": ["confirm"],
        f"agency:{SCAN}": ["confirm"],
    }


def test_many_at_once_lose_nothing(review: Review) -> None:
    clients = [review.client() for _ in range(4)]
    keys = [f"value:{SCAN}:{number}" for number in (1, 3, 4, 5, 6, 7)]
    given = [answer(key) for key in keys] * 2
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda each: clients[each[0] % 4].post(ANSWERS, json=each[1]).status_code, enumerate(given)))
    assert sorted(codes) == [200] * 6 + [201] * 6
    assert sorted(row["correction_id"] for row in rows(review)) == sorted(one["id"] for one in given[:6])


_OTHER_SERVER = """
import sys
from pathlib import Path
from prongsai.records import Verdict
from prongsai.report.review.answers import Answers, Contradicted, Given
from prongsai.report.review.desk import Desk
import uuid
folder, file, who, *keys = sys.argv[1:]
with Desk(Path(folder), Answers(Path(file))) as desk:
    print("ready", flush=True)
    sys.stdin.readline()
    for key in keys:
        item, _ = desk.find(key)
        text = "12.34" if who == "one" else "56.78"
        try:
            desk.give(item, Given(str(uuid.uuid4()), Verdict.CORRECT, text, "", who, frozenset()))
            print("kept", flush=True)
        except Contradicted:
            print("contradicted", flush=True)
"""


def test_of_two_servers_on_one_file_one_is_told_of_the_other(review: Review) -> None:
    keys = [f"value:{SCAN}:{number}" for number in range(1, 8)]
    command = [sys.executable, "-c", _OTHER_SERVER, str(review.folder), str(review.file)]
    found_by = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "pipeline")}
    servers = [
        subprocess.Popen([*command, who, *keys], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=found_by)
        for who in ("one", "other")
    ]
    for server in servers:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("\n")
        server.stdin.flush()
    said = [server.communicate(timeout=120)[0].split() for server in servers]
    assert all(sorted(pair) == ["contradicted", "kept"] for pair in zip(*said, strict=True)), said
    assert len(rows(review)) == len(keys)
    in_force = read_corrections(review.file).of(SCAN_SHA)
    assert len(in_force) == len(keys)
    assert {one.asked for one in in_force} == {Asked.VALUE}
