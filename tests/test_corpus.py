"""The repository's own sample reports against their truth, without OCR: texts and PDFs with a text layer."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

import prongsai
from prongsai.records import MentionKind, Status, Tables

from .conftest import CORPUS, has_text

TRUTHS = sorted(CORPUS.glob("**/truth/scores.csv"))
LEAST_RECALL, LEAST_PRECISION = 0.97, 0.99

Triple = tuple[str, str, str, str]
"""Agency (only where a document is about many), fiscal year, code and value, each as it is compared."""


@dataclass(frozen=True)
class Read:
    """A folder of the corpus, read: its documents by stem, those with text, and the tables."""

    folder: Path
    documents: dict[str, Path]
    digital: frozenset[str]
    tables: Tables

    def rows(self, name: str) -> list[dict[str, str]]:
        """A table of the truth, its rows about documents with text."""
        with (self.folder / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            return [row for row in csv.DictReader(stream) if row["doc"] in self.digital]


@pytest.fixture(scope="module", params=TRUTHS, ids=lambda path: path.parents[1].name)
def read(request: pytest.FixtureRequest) -> Read:
    folder = request.param.parents[1]
    documents = {path.stem: path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix not in (".csv", ".md")}
    digital = frozenset(stem for stem, path in documents.items() if has_text(path))
    return Read(folder, documents, digital, prongsai.run(documents.values(), ocr="never").tables)


def two_decimals(value: Decimal | str) -> str:
    return f"{Decimal(value):.2f}"


def squeezed(text: str) -> str:
    return "".join(text.split())


def wanted_and_got(read: Read) -> tuple[dict[str, set[Triple]], dict[str, set[Triple]]]:
    """The printed scores by document, of the truth and of the tables; optional ones are in neither."""
    wanted: dict[str, set[Triple]] = defaultdict(set)
    optional: dict[str, set[Triple]] = defaultdict(set)
    about_many = set()
    for row in read.rows("scores"):
        if row["agency"]:
            about_many.add(row["doc"])
        triple = (squeezed(row["agency"]), row["fiscal_year"], row["code"], two_decimals(row["value"]))
        (optional if row["optional"] else wanted)[row["doc"]].add(triple)
    got: dict[str, set[Triple]] = defaultdict(set)
    for mention in read.tables.mentions:
        doc = Path(mention.path).stem
        if mention.kind is MentionKind.SCORE and mention.code and mention.value is not None and doc in read.digital:
            agency = squeezed(mention.agency) if doc in about_many else ""
            got[doc].add((agency, str(mention.fiscal_year), mention.code, two_decimals(mention.value)))
    return dict(wanted), {doc: triples - optional[doc] for doc, triples in got.items()}


def test_the_corpus_has_a_truth() -> None:
    assert TRUTHS, f"no truth/scores.csv under {CORPUS}"


def test_the_corpus_holds_texts_and_digital_pdfs(read: Read) -> None:
    kinds = {read.documents[stem].suffix for stem in read.digital}
    assert kinds >= {".txt", ".pdf"}
    assert {row["doc"] for row in read.rows("scores")} == read.digital


def test_what_has_text_is_complete_and_the_rest_says_that_ocr_is_off(read: Read) -> None:
    for document in read.tables.documents:
        if Path(document.path).stem in read.digital:
            assert (document.status, document.reason) == (Status.COMPLETE, ""), document.path
        else:
            assert document.status is Status.REJECTED, document.path
            assert "--ocr never" in document.reason


def test_recall_and_precision(read: Read) -> None:
    wanted, got = wanted_and_got(read)
    hits = sum(len(triples & got.get(doc, set())) for doc, triples in wanted.items())
    missing = {doc: sorted(triples - got.get(doc, set())) for doc, triples in wanted.items()}
    extra = {doc: sorted(triples - wanted.get(doc, set())) for doc, triples in got.items()}
    assert hits >= LEAST_RECALL * sum(map(len, wanted.values())), f"missing: {missing}"
    assert hits >= LEAST_PRECISION * sum(map(len, got.values())), f"extra: {extra}"


def test_no_document_is_left_behind(read: Read) -> None:
    """A good average hides a layout that is not read at all."""
    wanted, got = wanted_and_got(read)
    for doc, triples in wanted.items():
        hits = len(triples & got.get(doc, set()))
        assert hits >= 0.9 * len(triples), f"{doc}: {hits} of {len(triples)}"


def test_misprinted_codes_are_resolved(read: Read) -> None:
    found = {(Path(row.path).stem, row.printed, row.code) for row in read.tables.codes}
    planted = [(row["doc"], row["printed"].split()[0], row["code"]) for row in read.rows("codes") if "…" not in row["printed"]]
    assert planted
    for doc, printed, code in planted:
        assert any(one == doc and to == code and printed in text for one, text, to in found), f"{doc}: {printed} is {code}"


def test_every_document_is_told_its_agency_and_year(read: Read) -> None:
    last_year = {row["doc"]: int(row["fiscal_year"]) for row in sorted(read.rows("scores"), key=lambda row: row["fiscal_year"])}
    for document in read.tables.documents:
        if (stem := Path(document.path).stem) in read.digital:
            # Measures of a year rest on the result of the year before.
            assert document.report_year in (last_year[stem], last_year[stem] + 1), stem
            assert document.agency, stem
