"""How far a run is, in a few lines, in English and in Thai."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from prongsai.console.durations import tell, tell_thai
from prongsai.console.layout import pad, plural, wrap
from prongsai.console.words import say
from prongsai.keeping.standing import RunStatus, State
from prongsai.records import Status

NAMED_REASONS = 10
"""So many reasons are told; the table `documents` has every document's."""
_SAID = {
    State.LOOKING: "A run is looking at its inputs; what follows is of the run before it.",
    State.READING: "A run is reading.",
    State.WRITING: "A run has read everything and is writing the tables.",
    State.STOPPED: "The run stopped before its end: run the same command again, and it goes on where it was.",
    State.FINISHED: "The run is finished.",
}


def show_status(status: RunStatus) -> str:
    """The lines of `prongsai status`."""
    return "\n".join([*_english(status), *_thai(status)])


def _english(status: RunStatus) -> Iterator[str]:
    by_status, percent = status.by_status, 100 * status.done / max(status.documents, 1)
    yield wrap(_SAID[status.state])
    yield _row("documents", status.documents, f"{status.left:,} left")
    yield _row("done", status.done, f"{percent:.0f} %: {', '.join(f'{by_status.get(one, 0):,} {one}' for one in Status)}")
    if status.kept_before:
        yield _row("kept from before", status.kept_before, "read by an earlier run, and not read again")
    if status.retried:
        yield _row("to be retried", status.retried, "rejected, and read again by the next run")
    rate = f"{status.pages_per_minute:,.0f} a minute in this run" if status.pages_per_minute else "none in this run yet"
    yield _row("pages", status.pages, rate)
    if status.began is not None:
        ended = f", {'ended' if status.state is State.FINISHED else 'stopped'} {_clock(status.ended)}" if status.ended else ""
        yield f"Began {_clock(status.began)}{ended}: {tell(status.elapsed_s)}."
    if status.left:
        yield f"Left: about {tell(status.left_s)}." if status.left_s is not None else "Left: nothing was read yet that would tell how long."
    if status.troubles:
        yield "Not read, or only in part:"
        for trouble in status.troubles[:NAMED_REASONS]:
            yield wrap(f"{plural(trouble.documents, 'document')}: {trouble.reason}", "  ")
            yield f"    {'like ' if trouble.documents > 1 else ''}{trouble.example}"
        if len(status.troubles) > NAMED_REASONS:
            yield f"  and {len(status.troubles) - NAMED_REASONS:,} more reasons: see the table `documents`"


def _thai(status: RunStatus) -> Iterator[str]:
    yield say(f"status.{status.state}")
    yield say(
        "status.documents",
        done=status.done,
        documents=status.documents,
        complete=status.by_status.get(Status.COMPLETE, 0),
        partial=status.by_status.get(Status.PARTIAL, 0),
        rejected=status.by_status.get(Status.REJECTED, 0),
    )
    if status.left_s is not None:
        yield say("status.left", left=status.left, time=tell_thai(status.left_s))


def _row(name: str, count: int, detail: str) -> str:
    return f"  {pad(name, 17)}{count:>8,}  {detail}"


def _clock(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone():%Y-%m-%d %H:%M}"
