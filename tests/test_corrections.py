"""The file of people's answers: whole or refused, never a row lost, and read as a spreadsheet leaves it."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import OutputError, UsageError
from prongsai.keeping import corrections as keeping
from prongsai.keeping.corrections import COLUMNS, append, load_corrections, read_corrections
from prongsai.records import Asked, Box, Correction, Verdict

SHA = "ab" * 32
ANSWER = Correction(
    "first",
    "2026-11-22T02:30:00Z",
    "สมชาย",
    Asked.VALUE,
    Verdict.CORRECT,
    SHA,
    "in/a.pdf",
    3,
    Box(100.25, 200, 130, 215.5),
    None,
    0,
    "๘๔.๙๖",
    "84.96",
    "-๘๔.๖๙",
    'a "reason",\nof two lines',
)
WHOLE = replace(ANSWER, asked=Asked.YEAR, page=None, box=None, printed="", corrected="2568")
BESIDE = replace(ANSWER, correction_id="beside", box=Box(140, 200, 170, 215))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corpus" / "corrections.csv"


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def edit(path: Path, column: str, cell: str) -> None:
    """Writes one cell of the last row as a spreadsheet would."""
    header, *others = rows(path)
    others[-1][header.index(column)] = cell
    text = io.StringIO()
    csv.writer(text).writerows([header, *others])
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def test_an_answer_comes_back_as_it_was_given(path: Path) -> None:
    answers = [ANSWER, replace(WHOLE, correction_id="second"), replace(ANSWER, correction_id="third", box=None, line=7, nth=2)]
    assert all(append(path, answer) for answer in answers)
    assert read_corrections(path).rows == tuple(answers)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfcorrection_id,made_at,")
    assert path.read_bytes().endswith(b"\r\n")


def test_the_same_id_is_one_answer(path: Path) -> None:
    assert append(path, ANSWER)
    before = path.read_bytes()
    assert not append(path, replace(ANSWER, corrected="1.00"))
    assert path.read_bytes() == before


def test_an_absent_file_holds_no_answer(path: Path) -> None:
    assert read_corrections(path).rows == ()
    assert not path.parent.exists()


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    st.sampled_from(["", "=", "+", "-", "@", "'", "\t"]),
)
def test_text_that_could_be_a_formula_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str, start: str) -> None:
    path = tmp_path_factory.mktemp("guard") / "c.csv"
    answer = replace(ANSWER, reason=start + text, made_by=start, printed=(text + start))
    append(path, answer)
    (back,) = read_corrections(path).rows
    assert (back.reason, back.made_by, back.printed) == tuple(each.strip() for each in (answer.reason, answer.made_by, answer.printed))
    _, cells = rows(path)
    assert not any(cell.startswith(("=", "@", "\t")) for cell in cells)


def test_several_processes_may_write_at_once(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from dataclasses import replace; sys.path.insert(0, sys.argv[2])\n"
        "from prongsai.keeping.corrections import append; from prongsai.records import *\n"
        "name = sys.argv[3]\n"
        "one = Correction('', '', name, Asked.VALUE, Verdict.REJECT, 'ab' * 32, '', 1, Box(1, 2, 3, 4), None, 0, '', '', '', 'x' * 99)\n"
        "own = [append(Path(sys.argv[1]), replace(one, correction_id=f'{name} {n}')) for n in range(25)]\n"
        "shared = [append(Path(sys.argv[1]), replace(one, correction_id=f'shared {n}')) for n in range(25)]\n"
        "print(sum(own), sum(shared))"
    )
    code = str(Path(keeping.__file__).parents[2])
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(path), code, name], stdout=subprocess.PIPE, encoding="utf-8") for name in "abc"
    ]
    told = [process.communicate(timeout=120)[0].split() for process in started]
    assert [own for own, _ in told] == ["25"] * 3
    assert sum(int(shared) for _, shared in told) == 25, "each shared answer is added once"
    assert len({row.correction_id for row in read_corrections(path).rows}) == len(read_corrections(path).rows) == 100


def test_the_last_answer_on_a_place_counts(path: Path) -> None:
    moved = replace(ANSWER, correction_id="moved", box=Box(101, 201, 131, 216), corrected="1.00")
    for answer in (ANSWER, BESIDE, moved):
        append(path, answer)
    found = read_corrections(path)
    assert found.of(SHA) == (BESIDE, moved)
    assert found.of("cd" * 32) == ()


def test_what_was_read_otherwise_meanwhile_is_the_same_place(path: Path) -> None:
    """Else the first answer would be in force again once the second is withdrawn."""
    twin = replace(ANSWER, correction_id="twin", printed="๑๑.๑๑", nth=1)
    inside = replace(ANSWER, correction_id="inside", printed="๑", box=Box(100.25, 200, 112, 215.5))
    second = replace(ANSWER, correction_id="second", printed="๘๔.๖๖", box=Box(100, 200.5, 130.5, 216), corrected="1.00")
    for answer in (ANSWER, twin, inside, second):
        append(path, answer)
    assert read_corrections(path).of(SHA) == (twin, inside, second)
    append(path, replace(second, correction_id="back", verdict=Verdict.WITHDRAW))
    assert read_corrections(path).of(SHA) == (twin, inside)


def test_answers_to_other_questions_stay(path: Path) -> None:
    answers = [
        ANSWER,
        replace(ANSWER, correction_id="code", asked=Asked.CODE, corrected="i1"),
        replace(ANSWER, correction_id="page", page=4),
        replace(ANSWER, correction_id="twin", printed="๑๑.๑๑", nth=1),
        replace(WHOLE, correction_id="year"),
        replace(WHOLE, correction_id="agency", asked=Asked.AGENCY),
    ]
    for answer in answers:
        append(path, answer)
    assert read_corrections(path).of(SHA) == tuple(answers)
    append(path, replace(WHOLE, correction_id="year again"))
    assert [answer.correction_id for answer in read_corrections(path).of(SHA)][-2:] == ["agency", "year again"]


@pytest.mark.parametrize("changes", [{}, {"box": Box(99, 201, 129, 214)}, {"printed": "read otherwise by now"}])
def test_what_is_withdrawn_is_gone_and_its_rows_stay(path: Path, changes: dict[str, object]) -> None:
    append(path, ANSWER)
    append(path, BESIDE)
    append(path, replace(ANSWER, correction_id="back", verdict=Verdict.WITHDRAW, corrected="", **changes))  # type: ignore[arg-type]
    found = read_corrections(path)
    assert (found.of(SHA), len(found.rows)) == ((BESIDE,), 3)
    append(path, replace(ANSWER, correction_id="after all"))
    assert [answer.correction_id for answer in read_corrections(path).of(SHA)] == ["beside", "after all"]


def test_lines_place_what_has_no_box(path: Path) -> None:
    on_line = replace(ANSWER, box=None, line=7)
    append(path, on_line)
    append(path, replace(on_line, correction_id="nth", nth=1))
    append(path, replace(on_line, correction_id="again", corrected="1.00"))
    assert [answer.correction_id for answer in read_corrections(path).of(SHA)] == ["nth", "again"]


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        ("made_at", "22/11/2026 02:30", "made_at", "22/11/2026 02:30"),
        ("page", "3.0", "page", 3),
        ("nth", "", "nth", 0),
        ("corrected", " 84.69 ", "corrected", "84.69"),
        ("printed", "84.96", "printed", "84.96"),
        ("sha256", SHA.upper(), "sha256", SHA),
        ("verdict", "Correct", "verdict", Verdict.CORRECT),
    ],
)
def test_what_a_spreadsheet_makes_of_it_is_read(path: Path, column: str, cell: str, field: str, value: object) -> None:
    append(path, ANSWER)
    edit(path, column, cell)
    (row,) = read_corrections(path).rows
    assert getattr(row, field) == value


def test_empty_rows_other_columns_and_a_lost_line_end_do_no_harm(path: Path) -> None:
    append(path, ANSWER)
    header, row = rows(path)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([["note", *reversed(header)], ["mine", *reversed(row)], [""] * (len(header) + 1)])
    path.write_text(text.getvalue().rstrip("\n"), encoding="utf-8")
    append(path, BESIDE)
    assert read_corrections(path).rows == (ANSWER, BESIDE)
    assert [row[0] for row in rows(path)] == ["note", "mine", "", ""]


def test_a_print_that_a_spreadsheet_wrote_otherwise_is_the_same(path: Path) -> None:
    append(path, replace(ANSWER, box=None, line=7, printed="๙๘.๕๐"))
    edit(path, "printed", "98.5")
    append(path, replace(ANSWER, correction_id="again", box=None, line=7, printed="๙๘.๕๐"))
    assert [answer.correction_id for answer in read_corrections(path).of(SHA)] == ["again"]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("page", "three", "page is 'three', which is no number"),
        ("page", "0", "page is '0', which is no whole number of 1 or more"),
        ("page", "1.5", "no whole number"),
        ("x0", "nan", "x0 is 'nan'"),
        ("x0", "", "only 3 of x0, top, x1, bottom"),
        ("asked", "grade", "'grade' is no asked"),
        ("verdict", "maybe", "It is one of confirm, correct, reject, withdraw"),
        ("sha256", "1.2E+45", "not 64 hex digits"),
        ("correction_id", "", "correction_id is empty"),
        ("corrected", "", "corrected is empty"),
        ("corrected", "eighty", "'eighty', which is no number"),
        ("page", "", "page is empty, and a value stands on one"),
    ],
)
def test_a_broken_row_is_told_with_its_line(path: Path, column: str, cell: str, said: str) -> None:
    append(path, replace(ANSWER, correction_id="whole"))
    append(path, ANSWER)
    edit(path, column, cell)
    with pytest.raises(UsageError) as caught:
        read_corrections(path)
    # Two lines of reason a row.
    assert f"{path}, line 5: " in str(caught.value)
    assert said in str(caught.value)


def test_two_answers_of_one_id_are_told(path: Path) -> None:
    append(path, ANSWER)
    append(path, BESIDE)
    edit(path, "correction_id", ANSWER.correction_id)
    with pytest.raises(UsageError, match="'first' is the correction_id of another row"):
        read_corrections(path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (",".join(COLUMNS[:-1]).encode() + b"\r\n", "line 1: lacks the columns reason"),
        (";".join(COLUMNS).encode() + b"\r\n", "Save it as CSV with commas"),
        (",".join(COLUMNS).encode() + "\r\nสมชาย".encode("cp874"), "line 2: is not UTF-8"),
        (",".join(COLUMNS).encode() + b"\r\nfirst,2026", "line 2: has 2 cells and not 18"),
        (",".join(COLUMNS).encode() + b'\r\n"first', "line 2: is no row of a CSV file"),
    ],
)
def test_a_file_that_is_none_is_told(path: Path, data: bytes, said: str) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    for use in (lambda: read_corrections(path), lambda: append(path, ANSWER)):
        with pytest.raises(UsageError) as caught:
            use()
        assert said in str(caught.value)
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    "answer",
    [
        replace(ANSWER, corrected="?"),
        replace(ANSWER, box=None),
        replace(ANSWER, sha256="short"),
        replace(WHOLE, corrected="2025"),
        replace(WHOLE, asked=Asked.CODE),
    ],
)
def test_an_answer_without_sense_is_refused(path: Path, answer: Correction) -> None:
    with pytest.raises(UsageError):
        append(path, answer)
    assert not path.exists()


def test_a_row_that_does_not_fit_on_the_disk_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(path, ANSWER)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        append(path, BESIDE)
    assert path.read_bytes() == before


def test_a_file_is_looked_for_where_nobody_names_one(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_corrections(None).rows == ()
    append(path, ANSWER)
    assert load_corrections(None).rows == load_corrections("corpus/corrections.csv").rows == (ANSWER,)
    assert load_corrections("").rows == ()
    with pytest.raises(UsageError, match="there is no such file"):
        load_corrections("corpus/corections.csv")
