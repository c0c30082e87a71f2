"""How many planted slips the audit finds and mends, what it says of clean reports, and how fast it is; Markdown tables.

    python -m benchmarks.audit [--count 1000] [--seed 2568] [--jobs 2] [--show 0]

Reports of all layouts and years are made as texts, half of them with one slip of a printed number each, and read. Which
slips break an equation is told from what is printed (`equations`), by no line of the audit. A slip is found where a
finding of severity error or warning is about the score that was slipped; it is repaired where the only suggestion is the
number that was meant, and wrongly repaired where the audit's one answer is another number or about another score.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from .slipped import Case, make_case, plans
from .table import markdown
from .verdicts import Verdict, judge

if TYPE_CHECKING:
    from prongsai.records import Extract, Finding, Source

T = TypeVar("T")
R = TypeVar("R")
SCOPES = ("overall", "instrument", "indicator", "sub-indicator", "question", "difference")
HEADER = (
    "planted",
    "break an equation",
    "said",
    "found",
    "repaired",
    "truth among several",
    "wrongly repaired",
    "no break, yet found",
    "one answer",
    "of these repaired",
)


@dataclass(slots=True)
class Tally:
    """How many slips of one kind or scope fared how."""

    verdicts: list[Verdict] = field(default_factory=list)

    def cells(self) -> tuple[str, ...]:
        """Its cells of the table; shares: said, found and wrongly repaired of those that break, the others of those found."""
        breaking = [one for one in self.verdicts if one.case.broken]
        found = [one for one in breaking if one.is_found]
        return (
            str(len(self.verdicts)),
            str(len(breaking)),
            _share([bool(one.findings) for one in breaking]),
            _share([one.is_found for one in breaking]),
            _share([one.is_repaired for one in found]),
            _share([one.is_listed for one in found]),
            _share([one.is_wrong for one in breaking]),
            str(sum(one.is_found for one in self.verdicts if not one.case.broken)),
            _share([one.case.answers == 1 for one in breaking]),
            _share([one.is_repaired for one in breaking if one.case.answers == 1]),
        )


def main() -> int:
    """Measures and prints."""
    options = _options()
    began = time.monotonic()
    clean, slipped = _made(options.count, options.seed, options.jobs)
    print(f"{len(clean)} clean reports and {len(slipped)} with a slip, made in {time.monotonic() - began:.0f} s", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="prongsai-audit-") as name:
        clean_read, seconds = _read(clean, Path(name) / "clean", options.jobs)
        slipped_read, more = _read(slipped, Path(name) / "slipped", options.jobs)
    began, cpu = time.monotonic(), _cpu_of_children()
    slipped_said = list(over(audited, slipped_read, options.jobs))
    audit_seconds, audit_cpu = time.monotonic() - began, _cpu_of_children() - cpu
    clean_said = list(over(audited, clean_read, options.jobs))
    verdicts = [judge(*one) for one in zip(slipped, slipped_read, slipped_said, strict=True)]
    print(slip_table(verdicts))
    print("\nOf clean reports:\n")
    print(clean_table(clean, clean_said))
    print(
        f"\n{len(slipped)} documents audited in {audit_seconds:.1f} s with {options.jobs} workers ({audit_cpu:.1f} s of processor time); "
        f"{len(clean) + len(slipped)} read in {seconds + more:.1f} s."
    )
    for line in islice(_misses(verdicts), options.show):
        print(line, file=sys.stderr)
    return 0


def audited(extract: Extract) -> tuple[Finding, ...]:
    """The errors and warnings among all findings of a document, once it is audited."""
    from prongsai.auditing import audit_extract
    from prongsai.knowledge import load_knowledge
    from prongsai.records import Severity

    findings = audit_extract(extract, load_knowledge()).findings
    return tuple(one for one in findings if one.severity in (Severity.ERROR, Severity.WARNING))


def slip_table(verdicts: Sequence[Verdict]) -> str:
    """By kind of slip, by scope, and all together."""
    by_slip, by_scope = defaultdict[str, Tally](Tally), {scope: Tally() for scope in SCOPES}
    for one in verdicts:
        by_slip[one.case.slip].verdicts.append(one)
        by_scope[one.case.places[0].scope].verdicts.append(one)
    named = {**{name.replace("_", " "): tally for name, tally in by_slip.items()}, **{f"in {name}": one for name, one in by_scope.items()}}
    rows = [(name, *tally.cells()) for name, tally in named.items() if tally.verdicts]
    return markdown(("slip", *HEADER), [*rows, ("all", *Tally(list(verdicts)).cells())])


def clean_table(cases: Sequence[Case], said: Sequence[tuple[Finding, ...]]) -> str:
    """How many clean reports add up, and what is said of them by check."""
    checks = Counter((one.severity.value, one.check) for findings in said for one in findings)
    documents = Counter(key for findings in said for key in {(one.severity.value, one.check) for one in findings})
    rows = [("reports", str(len(cases)), ""), ("break an equation", str(sum(bool(one.broken) for one in cases)), "")]
    rows += [(f"{severity}: {check}", str(documents[severity, check]), str(count)) for (severity, check), count in sorted(checks.items())]
    errors = sum(any(one.severity.value == "error" for one in findings) for findings in said)
    return markdown(("", "documents", "findings"), [*rows, ("with an error", str(errors), "")])


def _misses(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Slips that break an equation and were not repaired, one at a time, with all that is said of their report."""
    for one in verdicts:
        if not one.case.broken or (one.is_repaired and not one.is_wrong):
            continue
        state = (
            "wrong" if one.is_wrong else "listed" if one.is_listed else "found" if one.is_found else "said" if one.findings else "silent"
        )
        places = "; ".join(f"{place.agency} {place.year} {place.code} {place.meant} printed {place.printed}" for place in one.case.places)
        said = "".join(
            f"\n    {each.severity} {each.check} {each.agency} {each.fiscal_year} {each.subject}: {each.printed} for {each.expected}, "
            f"suggested {each.suggestion or 'nothing'}"
            for each in one.findings
        )
        unread = "" if one.is_read else " (not read as printed)"
        yield f"{state}: {one.case.name}: {places}{unread}\n    broken: {'; '.join(one.case.broken)}{said}"


def _made(count: int, seed: int, workers: int) -> tuple[list[Case], list[Case]]:
    """Clean reports and as many with a slip, all kinds of slip equally often."""
    from prongsai.synthesis.slips import VALUE_SLIPS

    each = -(-count // len(VALUE_SLIPS))
    wanted = {"": count, **dict.fromkeys(VALUE_SLIPS, each)}
    cases: dict[str, list[Case]] = {slip: [] for slip in wanted}
    for one in over(make_case, [(slip, plan) for slip in wanted for plan in plans(slip, wanted[slip], seed)], workers):
        if one is not None and len(cases[one.slip]) < wanted[one.slip]:
            cases[one.slip].append(one)
    return cases.pop(""), list(chain.from_iterable(cases.values()))[:count]


def _read(cases: Sequence[Case], folder: Path, workers: int) -> tuple[list[Extract], float]:
    """The reports as they are read, in their order, and the seconds that it takes."""
    from prongsai.document import read_document
    from prongsai.intake import gather
    from prongsai.options import make_options

    folder.mkdir()
    for case in cases:
        (folder / f"{case.name}.txt").write_bytes(case.content)
    by_name: dict[str, Source] = {Path(one.path).stem: one for one in gather([str(folder)]).sources}
    began = time.monotonic()
    options = make_options(ocr="never", year=None, pages="", max_pages=1000)
    extracts = list(over(partial(read_document, options=options), [by_name[case.name] for case in cases], workers))
    return extracts, time.monotonic() - began


def over(work: Callable[[T], R], items: Sequence[T], workers: int) -> Iterator[R]:
    """What `work` makes of each item, in their order."""
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(work, items, chunksize=4)


def _cpu_of_children() -> float:
    """Seconds of processor time that workers took which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _share(flags: Iterable[bool]) -> str:
    counted = list(flags)
    return f"{sum(counted)} ({100 * sum(counted) / len(counted):.1f} %)" if counted else "-"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit", description="Planted slips, found and mended.")
    parser.add_argument("--count", type=int, default=1000, help="clean reports, and as many with a slip")
    parser.add_argument("--seed", type=int, default=2568)
    parser.add_argument("--jobs", type=int, default=2, help="worker processes")
    parser.add_argument("--show", type=int, default=0, help="how many slips to show that were not repaired")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
