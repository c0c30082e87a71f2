"""The progress bar on stderr: documents and pages, in the order of the inputs; silent where stderr is no terminal."""

from __future__ import annotations

from types import TracebackType

from prongsai.records import Document


class Bar:
    """Progress for a terminal; a context manager, because the terminal has to be put back in order."""

    def __init__(self, *, is_quiet: bool = False) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        self._pages = 0
        self._progress = Progress(
            TextColumn("documents"),
            MofNCompleteColumn(),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[pages]} pages"),
            TimeElapsedColumn(),
            console=console,
            disable=is_quiet or not console.is_terminal,
            transient=True,
        )
        self._task = self._progress.add_task("documents", total=None, pages=0)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def begin(self, documents: int) -> None:
        """Sets how many documents there are."""
        self._progress.update(self._task, total=documents)

    def done(self, document: Document) -> None:
        """Moves on by one document and its pages."""
        self._pages += document.pages
        self._progress.update(self._task, advance=1, pages=self._pages)
