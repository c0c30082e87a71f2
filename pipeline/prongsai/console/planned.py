"""What a run would take, in a few lines, in English and in Thai."""

from __future__ import annotations

from collections.abc import Iterator

from prongsai.console.durations import tell, tell_thai
from prongsai.console.layout import pad, plural, size, wrap
from prongsai.console.words import say
from prongsai.planning.plan import EFFICIENCY, PAGE_KINDS, Outlook, Plan
from prongsai.planning.sampling import Estimate

_KINDS = {
    "text": "text given",
    "digital": "digital PDF",
    "scan": "PDF to be read by OCR",
    "image": "images",
    "unread": "cannot be read",
}


def show_plan(plan: Plan) -> str:
    """The lines of `prongsai plan`."""
    return "\n".join([*_english(plan), *_thai(plan)])


def _english(plan: Plan) -> Iterator[str]:
    rejected = f"; {plan.rejected:,} of them cannot be opened" if plan.rejected else ""
    yield f"{plural(plan.documents, 'document')}, {size(plan.size_bytes)}{rejected}."
    read = f"{plural(plan.sampled, 'document')} drawn by lot, {plural(plan.sampled_pages, 'page')}, read in {tell(plan.sampled_s)}"
    yield wrap(f"From a sample: {read}. In brackets, where nine of ten samples would put it.")
    if plan.counted < plan.documents - plan.rejected:
        yield wrap(f"Pages were counted of {plural(plan.counted, 'document')} drawn by lot.")
    yield _row("pages", _number(plan.pages), "")
    for kind in PAGE_KINDS:
        pages = plan.pages_by_kind[kind]
        if round(pages.high):
            a_page = f"{plan.seconds_a_page[kind]:.2g} s a page" if kind in plan.seconds_a_page else ""
            yield _row(f"  {_KINDS[kind]}", _number(pages), a_page)
    yield _row("one core reads for", _time(plan.seconds), "")
    yield _row("one process starts", tell(plan.start_s), "")
    yield _row("tables are written", tell(plan.writing_s), "by one process, after the last page")
    if plan.peak_bytes:
        yield _row("memory of a worker", size(plan.peak_bytes), "at its highest in the sample")
    yield _row("on disk", size(plan.tables_bytes), f"tables, and {size(plan.kept_bytes.value)} kept to go on from")
    for outlook in plan.outlooks:
        yield wrap(_outlook(outlook))
    if any(not outlook.is_here for outlook in plan.outlooks):
        yield wrap(f"Elsewhere, a worker is taken to do {EFFICIENCY:.0%} of what a process does here; that was not measured.")


def _outlook(outlook: Outlook) -> str:
    where = "Here, with" if outlook.is_here else "On"
    cost = f"; costs {_amount(outlook.cost)}" if outlook.cost is not None else ""
    hours = f"{outlook.core_hours.value:,.2g}" if outlook.core_hours.value < 100 else f"{outlook.core_hours.value:,.0f}"
    memory = f", {size(outlook.memory_bytes)} of memory" if outlook.memory_bytes else ""
    return f"{where} {plural(outlook.workers, 'worker')}: {_time(outlook.wall_s)}; {hours} core-hours{memory}{cost}."


def _thai(plan: Plan) -> Iterator[str]:
    yield say("plan.inputs", documents=plan.documents, pages=f"{plan.pages.value:,.0f}")
    yield say("plan.sample", documents=plan.sampled, pages=plan.sampled_pages)
    for outlook in plan.outlooks:
        times = {"time": tell_thai(outlook.wall_s.value), "workers": outlook.workers}
        yield say("plan.here" if outlook.is_here else "plan.there", **times)


def _row(name: str, value: str, detail: str) -> str:
    return f"  {pad(name, 24)}{value}{f'  {detail}' if detail else ''}"


def _number(estimate: Estimate) -> str:
    low, value, high = (f"{round(one):,}" for one in (estimate.low, estimate.value, estimate.high))
    return value if low == high else f"{value} ({low} to {high})"


def _time(estimate: Estimate) -> str:
    low, value, high = map(tell, (estimate.low, estimate.value, estimate.high))
    return value if low == high else f"{value} ({low} to {high})"


def _amount(estimate: Estimate) -> str:
    low, value, high = (f"{one:,.2f}" for one in (estimate.low, estimate.value, estimate.high))
    return value if low == high else f"{value} ({low} to {high})"
