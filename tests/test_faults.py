"""Everything that may break in the middle of a run: nothing is lost, nothing doubled, and the end result is the same."""

from __future__ import annotations

import contextlib
import csv
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import PIL.Image
import pytest

import prongsai
from prongsai import dealing
from prongsai.document import begin
from prongsai.errors import ExitCode
from prongsai.keeping.store import FILE, FOLDER
from prongsai.outcome import RunReport
from prongsai.reading.probe import installed
from prongsai.records import Options, Source, Status

from .conftest import CORPUS, reports
from .disturbed import LOG, UNSURE, noted
from .reading.conftest import PdfPage, pdf_bytes
from .test_bad_inputs import BAD
from .test_run import digests

ROOT = Path(__file__).parents[1]
PICTURE = "0 0 10 10 re f " * 300
LIMIT_S = 240
"""For one run; it takes a few seconds."""
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
DISTURBED = "from tests.disturbed import main; main()"
COMMAND = "from prongsai.cli import main; raise SystemExit(main())"


@dataclass
class Bench:
    """A folder of inputs, and the command run over it in a process of its own, with its own folder for temporary files."""

    folder: Path
    out: Path = field(init=False)
    tmp: Path = field(init=False)
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.out, self.tmp, self.log = self.folder / "out", self.folder / "tmp", self.folder / "log"
        self.tmp.mkdir(parents=True)

    def start(self, inputs: Path, *more: str, code: str = COMMAND, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        arguments = ["run", str(inputs), "--out", str(self.out), "--jobs", "2", "--format", "csv,parquet", *more]
        if code is DISTURBED:
            arguments.insert(0, str(self.log))
        process: subprocess.Popen[str] = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join((str(ROOT / "pipeline"), str(ROOT))),
                "PYTHONIOENCODING": "utf-8",
                "TMPDIR": str(self.tmp),
                **(environment or {}),
            },
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        return process

    def run(self, inputs: Path, *more: str, code: str = COMMAND, environment: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        """The exit code and what was said; nothing may be left behind."""
        process = self.start(inputs, *more, code=code, environment=environment)
        out, err = process.communicate(timeout=LIMIT_S)
        assert "Traceback" not in err, err
        assert self.none_runs()
        assert self.leftovers() == []
        return process.returncode, out, err

    def noted(self) -> list[str]:
        """What was read since the last time, with the log begun anew."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines

    def wait(self, process: subprocess.Popen[str], calls: int, seconds: float) -> None:
        """Waits until so many more calls have begun and then for a moment; no longer than a whole run may take without any."""
        deadline, calls = time.monotonic() + 8, calls + self._calls()
        while process.poll() is None and self._calls() < calls and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(seconds)

    def _calls(self) -> int:
        return len(self.log.read_text(encoding="utf-8").splitlines()) if self.log.exists() else 0

    def processes(self, inside: str = "") -> list[int]:
        """Those that run with this folder for temporary files, or one inside it."""
        mark = f"TMPDIR={self.tmp}{inside}".encode()
        found = []
        for process in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if process.name.isdecimal() and mark in (process / "environ").read_bytes():
                    found.append(int(process.name))
        return found

    def none_runs(self) -> bool:
        """Whether no process stays, though given a moment to go."""
        deadline = time.monotonic() + 20
        while (stay := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return not stay

    def leftovers(self) -> list[str]:
        """Temporary files and half tables."""
        half = [*self.out.glob(".writing-*"), *(self.out / FOLDER / "scratch").glob("*")]
        return [*(path.name for path in self.tmp.iterdir()), *(path.name for path in half)]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts, a digital PDF and two scans of many pages."""
    folder = tmp_path_factory.mktemp("reports")
    for path in (*reports(".txt"), min(reports(".pdf"), key=lambda path: path.stat().st_size)):
        shutil.copy(path, folder)
    for pages in (12, 7):
        (folder / f"scan-{pages}.pdf").write_bytes(pdf_bytes([PdfPage(PICTURE)] * pages))
    return folder


@dataclass(frozen=True)
class Undisturbed:
    """What a run gives that nobody disturbs."""

    files: dict[str, str]
    noted: list[str]
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    bench = Bench(tmp_path_factory.mktemp("undisturbed"))
    began = time.monotonic()
    code, _, err = bench.run(inputs, code=DISTURBED)
    assert code == ExitCode.ALL_READ, err
    return Undisturbed(digests(bench.out), bench.noted(), time.monotonic() - began)


def kept(out: Path) -> tuple[set[str], set[str]]:
    """The documents and the pages of scans that are kept, as the log would name them."""
    if not (out / FOLDER / FILE).exists():
        return set(), set()
    with contextlib.closing(sqlite3.connect(out / FOLDER / FILE)) as database:
        try:
            names = {key: Path(path).name for key, path in database.execute("SELECT key, path FROM listing")}
            documents = {names[key] for (key,) in database.execute("SELECT key FROM results")}
            pages = {f"page {number} {names[key]}" for key, number in database.execute("SELECT key, number FROM pages")}
        except sqlite3.OperationalError:
            # It was killed before it had made the tables.
            return set(), set()
    return documents, pages


def kill_a_worker(bench: Bench, chance: random.Random) -> bool:
    """Whether there was one to kill."""
    workers = sorted(bench.processes(inside="/prongsai-"))
    if not workers:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(chance.choice(workers), signal.SIGKILL)
    return True


@POSIX
def test_killed_at_any_moment_a_run_goes_on_where_it_was(inputs: Path, undisturbed: Undisturbed, bench: Bench) -> None:
    chance, kills = random.Random(6), 0
    read: list[str] = []
    while kills < 20:
        documents, pages = kept(bench.out)
        print(f"{kills} kills, kept {len(documents)} documents and {len(pages)} pages")
        process = bench.start(inputs, code=DISTURBED)
        bench.wait(process, calls=chance.randint(1, 3), seconds=chance.random() * 0.2)
        kills += kill_a_worker(bench, chance)
        bench.wait(process, calls=chance.randint(1, 3), seconds=chance.random() * 0.2)
        process.kill()
        _, err = process.communicate(timeout=LIMIT_S)
        kills += 1
        assert "Traceback" not in err, err
        assert bench.none_runs()
        noted = bench.noted()
        assert not documents & {line.split()[-1] for line in noted}, "what was kept was read again"
        assert not pages & set(noted), "a page that was kept was read again"
        read += noted
    documents, pages = kept(bench.out)
    code, _, err = bench.run(inputs, code=DISTURBED)
    noted = bench.noted()
    assert code == ExitCode.ALL_READ, err
    assert digests(bench.out) == undisturbed.files
    assert not documents & {line.split()[-1] for line in noted}
    assert not pages & set(noted)
    assert set(read + noted) == set(undisturbed.noted)


@POSIX
def test_where_the_parent_alone_is_killed_nothing_is_left_but_the_folder(inputs: Path, bench: Bench) -> None:
    process = bench.start(inputs, code=DISTURBED)
    bench.wait(process, calls=2, seconds=0)
    process.kill()
    _, err = process.communicate(timeout=LIMIT_S)
    assert bench.none_runs()
    assert list(bench.tmp.iterdir()) == []
    assert err == ""


@POSIX
def test_ctrl_c_ends_the_run_cleanly_and_the_next_one_goes_on(inputs: Path, undisturbed: Undisturbed, bench: Bench) -> None:
    process = bench.start(inputs, code=DISTURBED)
    bench.wait(process, calls=8, seconds=0.1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=LIMIT_S)
    assert process.returncode == ExitCode.INTERRUPTED, err
    english, thai = err.splitlines()
    assert "stopped" in english
    assert_thai(thai)
    assert bench.none_runs()
    assert bench.leftovers() == []
    documents, pages = kept(bench.out)
    read = bench.noted()
    assert documents | pages
    code, _, err = bench.run(inputs, code=DISTURBED)
    assert (code, err) == (ExitCode.ALL_READ, "")
    again = bench.noted()
    assert not documents & {line.split()[-1] for line in again}
    assert set(read + again) == set(undisturbed.noted)
    assert digests(bench.out) == undisturbed.files


def test_of_two_runs_into_one_folder_one_is_refused(inputs: Path, undisturbed: Undisturbed, bench: Bench) -> None:
    first = bench.start(inputs, code=DISTURBED)
    bench.wait(first, calls=1, seconds=0)
    # It must not be done before the second has begun.
    first.send_signal(signal.SIGSTOP)
    second = bench.start(inputs)
    _, err = second.communicate(timeout=LIMIT_S)
    first.send_signal(signal.SIGCONT)
    assert second.returncode == ExitCode.WRONG_USE, err
    english, thai = err.splitlines()
    assert "another run is writing to this folder" in english
    assert "--out" in english
    assert_thai(thai)
    _, err = first.communicate(timeout=LIMIT_S)
    assert (first.returncode, err) == (ExitCode.ALL_READ, "")
    assert digests(bench.out) == undisturbed.files


@pytest.fixture
def small_disk(bench: Bench) -> Iterator[Path]:
    """The output folder on a disk of its own, of 400 KB."""
    yield from mounted(bench.out, "size=400k")


@pytest.fixture
def read_only_disk(bench: Bench) -> Iterator[Path]:
    yield from mounted(bench.out, "size=1m,ro")


def mounted(folder: Path, options: str) -> Iterator[Path]:
    folder.mkdir()
    if shutil.which("mount") is None or subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False).returncode:
        pytest.skip("this user may not mount a disk; tests/test_store.py has a smaller test")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(inputs: Path, undisturbed: Undisturbed, bench: Bench) -> None:
    code, _, err = bench.run(inputs, "--format", "duckdb,xlsx", code=DISTURBED)
    assert code == ExitCode.WRONG_USE, err
    english, thai = err.splitlines()
    assert "No space left" in english or "full" in english, english
    assert "Free some space" in english
    assert_thai(thai)
    read = bench.noted()
    documents, pages = kept(bench.out)
    assert documents | pages
    subprocess.run(["mount", "-o", "remount,size=20m", bench.out], check=True)
    code, _, err = bench.run(inputs, code=DISTURBED)
    again = bench.noted()
    assert (code, err) == (ExitCode.ALL_READ, "")
    assert not documents & {line.split()[-1] for line in again}
    assert not pages & set(again)
    assert set(read + again) == set(undisturbed.noted)
    assert digests(bench.out) == undisturbed.files


@pytest.mark.usefixtures("read_only_disk")
def test_a_folder_that_cannot_be_written_is_said_before_anything_is_read(inputs: Path, bench: Bench) -> None:
    code, _, err = bench.run(inputs, code=DISTURBED)
    assert (code, bench.noted()) == (ExitCode.WRONG_USE, [])
    english, thai = err.splitlines()
    assert "Read-only" in english
    assert "Choose a folder that you may write to" in english
    assert_thai(thai)


def assert_thai(line: str) -> None:
    assert any("\N{THAI CHARACTER KO KAI}" <= character <= "\N{THAI CHARACTER KHOMUT}" for character in line), line


TESSERACTS = {
    "hangs": ("sleep 600", "took longer than"),
    "crashes": ("kill -SEGV $$", "Tesseract failed"),
    "prints rubbish": ("head -c 3000 /dev/urandom > $2.tsv", "Tesseract could not be run|makes no sense"),
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scan of one page, and a text that needs no Tesseract."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copy(min(reports(".txt"), key=lambda path: path.stat().st_size), folder)
    with PIL.Image.open(CORPUS / "reports" / "0004-sheet.png") as image:
        image.crop((0, 0, image.width, image.height // 4)).save(folder / "scan.png")
    return folder


@POSIX
@pytest.mark.parametrize("how", TESSERACTS)
def test_a_tesseract_that_fails_costs_its_page_and_that_is_not_kept(how: str, page: Path, bench: Bench) -> None:
    program = shutil.which("tesseract")
    if program is None or not installed().has_thai:
        pytest.skip("Tesseract with its model for Thai is not installed")
    does, says = TESSERACTS[how]
    fake = bench.folder / "bin" / "tesseract"
    fake.parent.mkdir()
    # It tells the version of the true one, so that what it spoils would be taken for that one's work.
    fake.write_text(f'#!/bin/sh\ncase "$1" in --*) exec {program} "$@";; esac\n{does}\n')
    fake.chmod(0o755)
    environment = {"PATH": os.pathsep.join((str(fake.parent), os.environ["PATH"])), UNSURE: "1"}
    code, out, err = bench.run(page, "--max-seconds", "20", code=DISTURBED, environment=environment)
    assert (code, err) == (ExitCode.SOME_NOT_READ, "")
    assert re.search(says, " ".join(out.split())), out
    rows = {Path(row["path"]).suffix: row for row in table(bench.out, "documents")}
    assert rows[".txt"]["status"] == "complete"
    assert rows[".png"]["status"] == "rejected"
    assert re.search(says, rows[".png"]["reason"])
    assert len(kept(bench.out)[0]) == 1
    bench.noted()
    if how == "crashes":
        # The true one; what it reads does not depend on how another failed before.
        code, _, err = bench.run(page, code=DISTURBED, environment={UNSURE: "1"})
        assert (code, err, bench.noted()) == (ExitCode.ALL_READ, "", ["begin scan.png"])


def table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


TEN_KINDS = (
    "cut-off.pdf",
    "cut-off.png",
    "empty.pdf",
    "error-page.pdf",
    "locked.pdf",
    "loop-alone.pdf",
    "no-pages.pdf",
    "noise.jpg",
    "noise.txt",
    "office.pdf",
)


def test_broken_files_of_ten_kinds_change_nothing_of_the_others(inputs: Path, undisturbed: Undisturbed, bench: Bench) -> None:
    mixed = bench.folder / "mixed"
    shutil.copytree(inputs, mixed)
    for name in TEN_KINDS:
        (mixed / name).write_bytes(BAD[name].make())
    code, _, err = bench.run(mixed, code=DISTURBED)
    assert (code, err) == (ExitCode.SOME_NOT_READ, "")
    clean = Bench(bench.folder / "clean")
    shutil.copytree(mixed, clean.folder / "mixed", ignore=lambda _, names: set(TEN_KINDS) & set(names))
    code, _, err = clean.run(clean.folder / "mixed", code=DISTURBED)
    assert (code, err) == (ExitCode.ALL_READ, "")
    assert len(table(bench.out, "documents")) == len(table(clean.out, "documents")) + len(TEN_KINDS)
    for name in ("documents", "mentions", "scores", "codes", "grades", "findings", "claims", "pages"):
        good = {row["doc_id"] for row in table(clean.out, "documents")}
        assert nameless(row for row in table(bench.out, name) if row["doc_id"] in good) == nameless(table(clean.out, name)), name


def nameless(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return [{column: Path(value).name if column == "path" else value for column, value in row.items()} for row in rows]


# In this process, with functions of this module in the place of those that read


def begin_or_fail(source: Source, options: Options) -> bytes:
    """Reads a document unless its name says what becomes of it; notes that it was called."""
    noted("begin", source)
    name = Path(source.path).name
    if name.startswith("dies"):
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("hangs"):
        time.sleep(600)
    if name.startswith("swells"):
        return bytes(bytearray(4 << 30))
    return begin(source, options)


@pytest.fixture
def noting(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A bench whose log is written to by runs in this process."""
    monkeypatch.setenv(LOG, str(bench.log))
    monkeypatch.setattr(dealing, "begin", begin_or_fail)
    # Somebody may edit the program while its tests run.
    monkeypatch.setattr(import_module("prongsai.run"), "versions_here", lambda: "these")
    return bench


def texts(folder: Path) -> Path:
    folder.mkdir()
    for path in reports(".txt")[:2]:
        shutil.copy(path, folder)
    return folder


def run(bench: Bench, folder: Path, **options: object) -> RunReport:
    return prongsai.run(folder, out=bench.out, formats=["csv"], **options)  # type: ignore[arg-type]


@POSIX
def test_documents_that_kill_hang_or_swell_cost_themselves_and_are_tried_again(noting: Bench) -> None:
    folder = texts(noting.folder / "in")
    for name in ("dies.txt", "hangs.txt", "swells.txt"):
        (folder / name).write_text(f"report that {name}", encoding="utf-8")
    report = run(noting, folder, jobs=2, max_seconds=15, max_memory="2G")
    fates = {Path(document.path).stem: (document.status, document.reason) for document in report.tables.documents}
    good = {path.stem for path in reports(".txt")[:2]}
    assert {fates.pop(name) for name in good} == {(Status.COMPLETE, "")}
    assert {status for status, _ in fates.values()} == {Status.REJECTED}
    for name, says in (("dies", "died.*--jobs"), ("hangs", "longer than 15 s.*--max-seconds"), ("swells", "memory.*--max-memory")):
        assert re.search(says, fates[name][1]), fates[name]
    assert Counter(noting.noted())["begin hangs.txt"] == 1
    for name in ("dies.txt", "hangs.txt", "swells.txt"):
        (folder / name).rename(folder / f"now {name}")
    assert run(noting, folder, jobs=2).exit_code is ExitCode.ALL_READ
    assert sorted(noting.noted()) == ["begin now dies.txt", "begin now hangs.txt", "begin now swells.txt"]


def test_documents_under_new_names_are_not_read_again_and_have_the_new_names(noting: Bench) -> None:
    run(noting, texts(noting.folder / "in"))
    (noting.folder / "in").rename(noting.folder / "moved")
    noting.noted()
    run(noting, noting.folder / "moved")
    assert noting.noted() == []
    fresh = Bench(noting.folder / "fresh")
    run(fresh, noting.folder / "moved")
    assert digests(noting.out) == digests(fresh.out)


def test_other_versions_options_or_a_damaged_store_have_everything_read_again(noting: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = texts(noting.folder / "in")
    run(noting, folder)
    files, everything = digests(noting.out), sorted(noting.noted())
    run(noting, folder)
    assert noting.noted() == []
    (noting.out / FOLDER / FILE).write_bytes(b"rubbish" * 1000)
    run(noting, folder)
    assert sorted(noting.noted()) == everything
    run(noting, folder, year=2569)
    assert sorted(noting.noted()) == everything
    run(noting, folder)
    noting.noted()
    run(noting, folder, again=True)
    assert sorted(noting.noted()) == everything
    monkeypatch.setattr(import_module("prongsai.run"), "versions_here", lambda: "others")
    run(noting, folder)
    assert sorted(noting.noted()) == everything
    assert digests(noting.out) == files


def test_a_second_run_of_the_same_leaves_files_alone_unless_one_was_changed(noting: Bench) -> None:
    folder = texts(noting.folder / "in")
    run(noting, folder, keep_tables=False)
    scores = noting.out / "csv" / "scores.csv"
    before, written = digests(noting.out), scores.stat().st_mtime_ns
    assert run(noting, folder, keep_tables=False).counts.documents == 2
    assert scores.stat().st_mtime_ns == written
    scores.write_bytes(b"changed by hand")
    run(noting, folder, keep_tables=False)
    assert digests(noting.out) == before


def test_files_of_the_folder_where_it_is_started_are_not_run(bench: Bench) -> None:
    folder = texts(bench.folder / "in")
    for name in ("json", "struct", "queue", "numpy", "PIL", "html", "pickle"):
        (bench.folder / f"{name}.py").write_text(f"open({str(bench.folder / 'was-run')!r}, 'w')\nraise SystemExit('{name} was run')\n")
    # As an installed command is started: its folder comes first, and not the one that it is started in.
    command = bench.folder / "bin" / "prongsai"
    command.parent.mkdir()
    command.write_text(COMMAND)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "TMPDIR": str(bench.tmp)}
    asked = [sys.executable, str(command), "run", str(folder), "--out", str(bench.out), "--format", "csv", "--quiet"]
    done = subprocess.run(asked, cwd=bench.folder, env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert (done.returncode, done.stderr) == (ExitCode.ALL_READ, "")
    assert not (bench.folder / "was-run").exists()


def bomb() -> bytes:
    """A PDF of a few MB whose page unpacks to 1.5 GB."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b"0 0 10 10 re f\n" * 69905) + packer.flush(zlib.Z_FULL_FLUSH)
    data = (head + block * 1500 + packer.flush()).hex().upper() + ">"
    stream = f"<</Filter[/ASCIIHexDecode/FlateDecode]/Length {len(data)}>>stream\n{data}\nendstream"
    return pdf_bytes([PdfPage()], objects={6: stream})


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is one of Linux")
def test_a_bomb_costs_itself_only(bench: Bench) -> None:
    folder = texts(bench.folder / "in")
    (folder / "bomb.pdf").write_bytes(bomb())
    code, out, err = bench.run(folder, "--max-memory", "700M", "--max-seconds", "60")
    assert (code, err) == (ExitCode.SOME_NOT_READ, "")
    assert "2 complete, 0 partial, 1 rejected" in out
    (row,) = [row for row in table(bench.out, "documents") if row["path"].endswith("bomb.pdf")]
    assert "memory" in row["reason"]
    assert "--max-memory" in row["reason"]
