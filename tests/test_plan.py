"""What a run would take: pages counted, a sample really read, and what is said of all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import cast

import pytest

import prongsai
from prongsai import cli
from prongsai.console.layout import COLUMNS, size, width
from prongsai.console.planned import show_plan
from prongsai.console.words import thai_words
from prongsai.engines import Call
from prongsai.engines.local import LocalEngine
from prongsai.errors import Died, ExitCode, NothingRead, UsageError
from prongsai.planning.plan import EFFICIENCY, Plan
from prongsai.planning.sampling import Counted
from prongsai.planning.surveying import PAGES_EACH, count, count_some, window
from prongsai.records import Kind, Options, Source

from .reading.conftest import PdfPage, pdf_bytes

PAGE = "หน้าที่ {page} ของรายงานฉบับที่ {number}\nตัวชี้วัดที่\tชื่อตัวชี้วัด\tคะแนน\n๑\tการปฏิบัติหน้าที่\t๙๒.๑๐\n๒\tการใช้งบประมาณ\t๙๑.{number:02}\n"


def write_reports(folder: Path, count: int) -> Path:
    """Texts of one, two and three pages by turns."""
    folder.mkdir()
    for number in range(count):
        pages = (PAGE.format(page=page, number=number) for page in range(1 + number % 3))
        (folder / f"{number}.txt").write_text("\f".join(pages), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve texts of 24 pages, a PDF of two pages without text, one that cannot be opened, and an empty file."""
    folder = write_reports(tmp_path_factory.mktemp("plan") / "reports", 12)
    (folder / "picture.pdf").write_bytes(pdf_bytes([PdfPage("0 0 10 10 re f " * 300)] * 2))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def planned(folder: Path) -> Iterator[Plan]:
    before = sorted(path.name for path in folder.iterdir())
    yield prongsai.plan(folder, sample=6, workers=[1, 8], price=3, ocr="never", formats=["csv"])
    assert sorted(path.name for path in folder.iterdir()) == before


def test_pages_are_counted_and_told_by_kind(planned: Plan) -> None:
    assert (planned.documents, planned.counted, planned.rejected) == (15, 14, 2)
    assert planned.pages.low == planned.pages.value == planned.pages.high == 26
    assert {kind: round(pages.value) for kind, pages in planned.pages_by_kind.items()} == {
        "text": 24,
        "digital": 0,
        "scan": 0,
        "image": 0,
        "unread": 2,
    }


def test_the_sample_was_really_read(planned: Plan) -> None:
    assert planned.sampled == 6
    assert 6 <= planned.sampled_pages < 26
    assert 0 < planned.seconds.low <= planned.seconds.value <= planned.seconds.high
    assert planned.seconds_a_page.keys() == {"text"}
    assert planned.kept_bytes.value > 100
    assert planned.tables_bytes > 1_000
    assert planned.writing_s > 0
    assert planned.start_s > 0
    assert 20e6 < planned.peak_bytes < 4e9


def test_workers_share_the_reading_and_one_alone_writes(planned: Plan) -> None:
    here, one, eight = planned.outlooks
    alone = planned.start_s + planned.writing_s
    assert [(outlook.workers, outlook.is_here) for outlook in planned.outlooks] == [(1, True), (1, False), (8, False)]
    assert here.wall_s.value == pytest.approx(planned.seconds.value + alone)
    assert one.wall_s.value == pytest.approx(planned.seconds.value / EFFICIENCY + alone)
    assert eight.wall_s.high == pytest.approx(planned.seconds.high / 8 / EFFICIENCY + alone)
    assert eight.memory_bytes == 8 * planned.peak_bytes
    assert eight.core_hours.value == pytest.approx(8 * eight.wall_s.value / 3600)
    assert eight.cost is not None
    assert eight.cost.value == pytest.approx(3 * eight.core_hours.value)


def test_it_is_said_in_both_languages(planned: Plan) -> None:
    said = show_plan(planned)
    assert "15 documents, " in said
    assert "2 of them cannot be opened" in said
    assert "On 8 workers: " in said
    assert "costs 0.0" in said
    assert thai_words()["plan.sample"].format(documents=6, pages=planned.sampled_pages) in said
    assert max(width(line) for line in said.splitlines()) <= COLUMNS


def test_the_command_asks_what_the_function_does(
    planned: Plan, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: dict[str, object] = {}

    def plan(inputs: list[str], **options: object) -> Plan:
        asked.update(options, inputs=inputs)
        return planned

    monkeypatch.setattr("prongsai.planning.plan.plan", plan)
    arguments = f"plan {folder} --sample 7 --jobs 3 --workers 4,๑๖ --price 0.5 --ocr never --pages 1-2 --max-pages 9 --format csv"
    assert cli.main(arguments.split()) == ExitCode.ALL_READ
    assert capsys.readouterr().out == show_plan(planned) + "\n"
    assert (asked["inputs"], asked["sample"], asked["workers"], asked["price"]) == ([str(folder)], 7, [4, 16], 0.5)
    options = cast("Options", asked["options"])
    assert (options.ocr, options.pages, options.max_pages) == ("never", ((1, 2),), 9)
    assert asked["formats"] == ("csv",)


@pytest.mark.parametrize(
    "wrong", ["--sample 0", "--workers 4,none", "--price cheap", "--price -1", "--price nan", "--jobs 0", "--ocr sometimes"]
)
def test_wrong_use_is_said(wrong: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plan", str(folder), *wrong.split()]) == ExitCode.WRONG_USE
    assert thai_words()["errors.UsageError"] in capsys.readouterr().err


@pytest.mark.parametrize("command", ["plan", "status"])
def test_help_fits_80_columns(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main([command, "--help"])
    assert max(width(line) for line in capsys.readouterr().out.splitlines()) <= COLUMNS


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(NothingRead, match="no page"):
        prongsai.plan(tmp_path)


def test_only_pages_that_are_asked_for_are_counted(folder: Path) -> None:
    sources = [Source(str(folder / f"{number}.txt"), "", Kind.TEXT, 100) for number in (0, 1, 2)]
    assert json.loads(count_some(sources, Options(pages=((2, 3),)))) == [0, 1, 2]
    assert json.loads(count_some(sources, Options(max_pages=2))) == [1, 2, 2]


class FakeEngine:
    """Makes calls here, but loses its process over a document that is deadly."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.calls = 0

    def submit(self, call: Call) -> Future[bytes]:
        self.calls += 1
        answer: Future[bytes] = Future()
        sources = cast("list[Source]", call.arguments[0])
        if any("deadly" in source.path for source in sources):
            answer.set_exception(self.error)
        else:
            answer.set_result(call.work(*call.arguments))
        return answer


def test_a_document_that_ends_its_process_costs_no_other(folder: Path) -> None:
    sources = [Source(str(folder / f"{number}.txt"), f"{number}", Kind.TEXT, 100) for number in range(3)]
    deadly = Source("deadly.pdf", "9", Kind.PDF, 100)
    engine = FakeEngine(Died("it died"))
    counted, weights = count([deadly, *sources], Options(), cast("LocalEngine", engine))
    assert [(one.source.path[-5:], one.pages) for one in counted] == [("0.txt", 1), ("1.txt", 2), ("2.txt", 3), ("y.pdf", -1)]
    assert weights == {Kind.TEXT: 1, Kind.PDF: 1}
    assert engine.calls == 5


def test_what_would_meet_every_document_is_raised() -> None:
    with pytest.raises(UsageError, match="cannot start"):
        count([Source("deadly", "", Kind.PDF, 1)], Options(), cast("LocalEngine", FakeEngine(UsageError("cannot start"))))


def test_a_long_document_is_read_in_part_and_in_a_row() -> None:
    source = Source("long.pdf", "00000003" + "0" * 56, Kind.PDF, 1)
    assert window(Counted(source, PAGES_EACH), Options()) == ()
    assert window(Counted(source, 100), Options()) == tuple((4 + at, 4 + at) for at in range(PAGES_EACH))
    even = Options(pages=tuple((number, number) for number in range(2, 101, 2)))
    assert window(Counted(source, 50), even) == tuple((8 + 2 * at, 8 + 2 * at) for at in range(PAGES_EACH))


def test_sizes() -> None:
    assert [size(count) for count in (1, 999, 1_500, 247_000, 7.16e6, 15.8e9, 2e12)] == [
        "1 byte",
        "999 bytes",
        "1.5 kB",
        "247 kB",
        "7.16 MB",
        "15.8 GB",
        "2 TB",
    ]
