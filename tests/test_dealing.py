"""One document of a run, its calls answered by hand: what is kept, what is read again, and what costs more than itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from prongsai.dealing import Read, keep_page, steps
from prongsai.document import begin, finish, lost_document, read_left_page
from prongsai.engines.isolated import Call
from prongsai.engines.measuring import measured
from prongsai.engines.ordered import Steps
from prongsai.errors import Died, Hindered, InputLost, InputRejected, KnowledgeError, OutOfMemory, TooSlow, Unreachable
from prongsai.intake import gather
from prongsai.keeping.store import FILE, FOLDER, Store
from prongsai.records import Limits, Options, Page, Reader, Source, Status
from prongsai.records.codec import encode

from .conftest import reports
from .reading.conftest import PdfPage, pdf_bytes

OPTIONS, LIMITS = Options(), Limits()
Answer = bytes | BaseException
UNLUCKY = [
    Died("the process died"),
    TooSlow("too slow"),
    OutOfMemory("no memory"),
    Hindered("no room on the disk"),
    InputLost("the file is gone"),
    Unreachable("the server is away"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "out", "versions") as store:
        yield store


def source_of(path: Path) -> Source:
    (source,) = gather([str(path)]).sources
    return source


@pytest.fixture
def text() -> Source:
    return source_of(min(reports(".txt"), key=lambda path: path.stat().st_size))


@pytest.fixture
def scan(tmp_path: Path) -> Source:
    """Of four pages."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_bytes([PdfPage("0 0 10 10 re f " * 300)] * 4))
    return source_of(path)


def honestly(call: Call) -> Answer:
    """What the call gives, the pages of scans left unread."""
    work, *arguments = call.arguments
    return measured(page_of if work is read_left_page else work, *arguments)


def page_of(source: Source, options: Options, number: int) -> bytes:
    return encode(Page(number, 595.0, 842.0, Reader.OCR, "made up"))


def read(
    source: Source, store: Store | None, answer: Callable[[Call], Answer] = honestly, limits: Limits = LIMITS
) -> tuple[Read, list[tuple[object, ...]]]:
    """The document as a run reads it, and what was called: the function, and the number where it is a page."""
    called: list[tuple[object, ...]] = []
    ended: list[Read] = []

    def whole() -> Steps[None]:
        ended.append((yield from steps(source, OPTIONS, limits, store)))

    dealt, futures = whole(), list[Future[bytes]]()
    while True:
        calls = next(dealt, None) if not futures else send(dealt, futures)
        if calls is None:
            return ended[0], called
        futures = [Future() for _ in calls]
        for call, future in zip(calls, futures, strict=True):
            work, *arguments = call.arguments
            called.append((work, *(one for one in arguments if isinstance(one, int))))
            given = answer(call)
            if isinstance(given, BaseException):
                future.set_exception(given)
            else:
                future.set_result(given)
                keep_page(call, given, store)


def send(dealt: Steps[None], futures: Sequence[Future[bytes]]) -> Sequence[Call] | None:
    try:
        return dealt.send(futures)
    except StopIteration:
        return None


def failing(error: BaseException, work: object, number: int | None = None) -> Callable[[Call], Answer]:
    """Answers that are honest but for the calls of a function, or of that for one page."""

    def answer(call: Call) -> Answer:
        hit = call.arguments[0] is work and (number is None or call.arguments[-1] == number)
        return error if hit else honestly(call)

    return answer


def test_what_was_read_is_kept_and_not_read_again(text: Source, store: Store) -> None:
    first, called = read(text, store)
    assert (first.is_new, first.is_final, called) == (True, True, [(begin,)])
    again, called = read(text, store)
    assert (again.is_new, again.is_final, called) == (False, True, [])
    assert repr(again.extract) == repr(first.extract)


def test_a_kept_result_comes_under_the_names_that_the_document_has_now(text: Source, store: Store, tmp_path: Path) -> None:
    read(text, store)
    path = tmp_path / "another name.txt"
    path.write_bytes(Path(text.path).read_bytes())
    moved = replace(source_of(path), aliases=("copy.txt",))
    again, called = read(moved, store)
    assert called == []
    assert again.extract.mentions
    assert repr(again.extract) == repr(read(moved, None)[0].extract)
    assert text.path not in repr(again.extract)


def test_a_scan_is_dealt_out_page_by_page_and_its_pages_are_kept_as_they_come(scan: Source, store: Store) -> None:
    def stop_at_three(call: Call) -> Answer:
        if call.arguments[-1] == 3:
            raise KeyboardInterrupt
        return honestly(call)

    with pytest.raises(KeyboardInterrupt):
        read(scan, store, stop_at_three)
    whole, called = read(scan, store)
    assert called == [(begin,), (read_left_page, 3), (read_left_page, 4), (finish,)]
    assert (whole.is_final, whole.extract.document.pages) == (True, 4)
    assert whole.extract == read(scan, None)[0].extract


def test_a_scan_whose_pages_were_all_kept_is_only_finished(scan: Source, store: Store) -> None:
    read(scan, store, failing(Died("the process died"), finish))
    assert read(scan, store)[1] == [(begin,), (finish,)]


@pytest.mark.parametrize("error", UNLUCKY, ids=lambda error: type(error).__name__)
def test_bad_luck_costs_the_document_and_is_not_kept(error: Exception, text: Source, store: Store) -> None:
    unlucky, _ = read(text, store, failing(error, begin))
    assert (unlucky.extract.document.status, unlucky.is_final) == (Status.REJECTED, False)
    assert str(error) in unlucky.extract.document.reason
    again, called = read(text, store)
    assert (again.extract.document.status, called) == (Status.COMPLETE, [(begin,)])


@pytest.mark.parametrize("error", UNLUCKY, ids=lambda error: type(error).__name__)
def test_bad_luck_with_a_page_costs_that_page_and_is_not_kept(error: Exception, scan: Source, store: Store) -> None:
    unlucky, _ = read(scan, store, failing(error, read_left_page, 2))
    document = unlucky.extract.document
    assert (document.status, document.pages, unlucky.is_final) == (Status.PARTIAL, 3, False)
    assert document.reason == f"page 2: {error}"
    again, called = read(scan, store)
    assert (again.extract.document.status, called) == (Status.COMPLETE, [(begin,), (read_left_page, 2), (finish,)])


def test_what_is_wrong_with_the_document_itself_is_kept_for_these_limits(text: Source, store: Store) -> None:
    broken = measured(lambda: encode((lost_document(text, "it is broken"), (), True)))
    assert read(text, store, lambda call: broken)[0].is_final
    assert read(text, store)[1] == []
    # A library that lacked memory may have called it broken.
    more = replace(LIMITS, memory_bytes=LIMITS.memory_bytes * 2)
    again, called = read(text, store, limits=more)
    assert (again.extract.document.status, called) == (Status.COMPLETE, [(begin,)])
    assert read(text, store)[1] == [], "what is complete is so under any limits"


def test_a_document_that_the_child_calls_unlucky_is_not_kept(text: Source, store: Store) -> None:
    gone = measured(lambda: encode((lost_document(text, "the file is gone"), (), False)))
    assert not read(text, store, lambda call: gone)[0].is_final
    assert read(text, store)[1] == [(begin,)]


def test_a_page_kept_as_failed_or_damaged_is_read_again(scan: Source, store: Store) -> None:
    key = store.key(scan, OPTIONS)
    store.keep_page(key, 1, encode(Page(1, 0.0, 0.0, Reader.OCR, "", failure="the page is broken")), 0.1)
    store.keep_page(key, 2, b"of another program", 0.1)
    store.keep_page(key, 3, page_of(scan, OPTIONS, 3), 0.1)
    assert [number for work, *number in read(scan, store)[1] if work is read_left_page] == [[1], [2], [4]]


def test_a_kept_result_that_is_damaged_is_read_again(text: Source, store: Store) -> None:
    read(text, store)
    kept = store.find(store.key(text, OPTIONS))
    assert kept is not None
    store.keep(store.key(text, OPTIONS), replace(kept, result=kept.result[:-20]))
    assert read(text, store)[1] == [(begin,)]


@pytest.mark.parametrize(
    "error", [KnowledgeError("unknown key", "patterns/x.toml"), ModuleNotFoundError("No module named 'cv2'", name="cv2")]
)
def test_what_would_meet_every_document_alike_ends_the_run(error: Exception, text: Source, store: Store) -> None:
    with pytest.raises(type(error)):
        read(text, store, failing(error, begin))


def test_without_a_folder_nothing_is_kept(scan: Source, tmp_path: Path) -> None:
    assert read(scan, None)[0].is_new
    assert not (tmp_path / FOLDER / FILE).exists()


def test_a_file_that_is_gone_or_changed_is_bad_luck(text: Source, tmp_path: Path, store: Store) -> None:
    """The true call: what the child says of it."""
    path = tmp_path / "report.txt"
    path.write_bytes(Path(text.path).read_bytes())
    source = source_of(path)
    path.unlink()
    gone, _ = read(source, store)
    assert (gone.extract.document.status, gone.is_final) == (Status.REJECTED, False)
    path.write_bytes(Path(text.path).read_bytes())
    assert read(source, store)[0].extract.document.status is Status.COMPLETE


def test_a_document_that_is_rejected_for_what_it_is_is_final(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<</Type")
    cut, _ = read(source_of(path), store)
    assert (cut.extract.document.status, cut.is_final) == (Status.REJECTED, True)
    assert not InputRejected.may_pass
