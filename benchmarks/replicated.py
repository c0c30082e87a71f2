"""Writes the rows of a few documents over and over, each time as another document, and watches its own memory.

    python -m benchmarks.replicated FOLDER COUNT FORMAT[,FORMAT…] OUT

The rows go through a Scorebook and a TableWriter, as in a run, without the time that reading takes; numbers, places and wording
differ from document to document, so that nothing packs better than in life. The answer is one line of JSON, in MiB.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .process import peak_mib

if TYPE_CHECKING:
    from prongsai.records import Extract, Mention

SAMPLE = 12
SCORES_AT_ONCE = 1000


def main(folder: str, count: str, formats: str, out: str) -> None:
    """Writes the tables and prints the peaks: with all documents added, with their scores added, with all written."""
    from prongsai.api import extract
    from prongsai.export import TableWriter
    from prongsai.records import Tables
    from prongsai.tidy import Scorebook

    sample = [extract(path, ocr="never") for path in sorted(path for path in Path(folder).iterdir() if path.is_file())[:SAMPLE]]
    answer: dict[str, Any] = {"documents": int(count), "mentions": 0, "before": peak_mib()}
    book = Scorebook()
    with TableWriter(Path(out), formats.split(",")) as writer:
        for one in replicated(sample, int(count)):
            answer["mentions"] += len(one.mentions)
            book.add(one.document, one.mentions, one.suggestions)
            writer.add(Tables.of(one))
        answer["added"] = peak_mib()
        for rows in book.tables():
            writer.add(rows)
        answer["scored"] = peak_mib()
        writer.finish()
    print(json.dumps(answer | {"written": peak_mib()}))


def replicated(sample: Sequence[Extract], count: int) -> Iterator[Extract]:
    """So many documents, each of an agency of its own, the same for the same sample."""
    chance = random.Random(count)
    for number in range(count):
        one = sample[number % len(sample)]
        sha256 = hashlib.sha256(str(number).encode()).hexdigest()
        place = f"{number:06}"
        own: dict[str, Any] = {"doc_id": sha256[:16], "path": f"reports/{place}.pdf"}
        yield replace(
            one,
            document=replace(one.document, sha256=sha256, place_code=place, **own),
            mentions=tuple(_varied(row, own, place, chance) for row in one.mentions),
            codes=tuple(replace(row, **own) for row in one.codes),
            grades=tuple(replace(row, **own) for row in one.grades),
            findings=tuple(replace(row, **own) for row in one.findings),
            claims=tuple(replace(row, claim_id=own["doc_id"] + row.claim_id[16:], place_code=place, **own) for row in one.claims),
            suggestions=tuple(replace(row, place_code=place) for row in one.suggestions),
        )


def _varied(row: Mention, own: dict[str, Any], place: str, chance: random.Random) -> Mention:
    printed = f"{chance.uniform(50, 100):.2f}"
    return replace(
        row,
        mention_id=own["doc_id"] + row.mention_id[16:],
        doc_id=own["doc_id"],
        path=own["path"],
        place_code=place,
        value=row.value and Decimal(printed),
        printed_value=printed,
        box=row.box and replace(row.box, x0=chance.uniform(50, 300), top=chance.uniform(50, 700)),
        confidence=chance.random(),
        question=row.question and f"{row.question} {chance.randrange(10_000)}",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
