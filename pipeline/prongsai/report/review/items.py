"""An entry of the queue, or any number of a document, as a person is asked about it: what was read, what else it may be, and why."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prongsai.export.lists import split_list
from prongsai.records import Asked
from prongsai.report.model import Model, document_page
from prongsai.report.review.choices import Beside, Choice, choices_for, numbers_beside
from prongsai.report.review.queue import Queue
from prongsai.report.review.spots import Spot, fingerprint, spot_of, whole_spot
from prongsai.report.states import SURE
from prongsai.report.words import Both

_MOST_FINDINGS = 3
_DOCUMENTS_AT_HAND = 64


@dataclass(frozen=True, slots=True)
class Item:
    """A question to a person."""

    key: str
    seen: str
    """What whoever sees it sends back with an answer: another where another run reads or places otherwise what has this key."""
    asked: Asked
    sha256: str
    doc_id: str
    path: str
    document_page: str
    """The page of the site that shows it."""
    agency: str
    fiscal_year: int | None
    code: str
    name: Both
    question: str
    """As printed beside the code."""
    kind: str
    scale: int
    reader: str
    spots: tuple[Spot, ...]
    """All that one answer is about; the first is shown."""
    printed: str
    """The numeral as printed; of a code, the code; of an agency, its name."""
    read_as: str
    confidence: float | None
    choices: tuple[Choice, ...]
    reasons: tuple[str, ...]
    """Why it is asked, each the end of a name in pages.toml, `review.why_…`."""
    findings: tuple[Both, ...]
    """What the audit says of it."""
    beside: tuple[Beside, ...]
    page: int
    picture: str
    """Of that page, from the site's first page; empty where the site has none."""
    width_pt: float | None
    """Of its page, the space of the boxes."""
    height_pt: float | None


class Items:
    """Makes items from the tables; the rows of the documents that were asked about last are at hand."""

    def __init__(self, model: Model, queue: Queue, site: Path | None = None) -> None:
        self._model, self._queue, self._site = model, queue, site
        self._at_hand: dict[str, Mapping[str, Any]] = {}
        self._turn = threading.RLock()

    def find(self, key: str) -> Item | None:
        """The item of a key: of an entry of the queue; or of any number, like `value:` and a mention_id; or of a document, `agency:` or
        `year:` and a doc_id. None where the tables have no such."""
        entry = self._queue.find(key)
        if entry is not None:
            return self._make(entry.key, entry.asked, entry.doc_id, entry.mention_ids)
        asked, _, rest = key.partition(":")
        doc_id, is_number, _ = rest.partition(":")
        if asked not in tuple(Asked) or (not is_number and asked in (Asked.VALUE, Asked.CODE)):
            return None
        return self._make(key, Asked(asked), doc_id, (rest,) if is_number else ())

    def of_document(self, doc_id: str) -> Mapping[str, Any] | None:
        """A document's row with its `mentions` by id, `findings`, `codes` and `pages`; None where there is no such document."""
        with self._turn:
            self.fetch([doc_id])
            return self._at_hand.get(doc_id)

    def fetch(self, doc_ids: Iterable[str]) -> None:
        """Reads the rows of several documents at once: a question to the tables takes as long for twenty as for one."""
        with self._turn:
            missing = [doc_id for doc_id in dict.fromkeys(doc_ids) if doc_id not in self._at_hand]
            if not missing:
                return
            if len(self._at_hand) > _DOCUMENTS_AT_HAND:
                self._at_hand = {}
            rows: dict[str, dict[str, list[Any]]] = {doc_id: {table: [] for table in _TABLES} for doc_id in missing}
            for table in _TABLES:
                for row in self._model.rows(f"SELECT * FROM {table} WHERE doc_id IN (SELECT unnest(?))", missing):
                    rows[row["doc_id"]][table].append(row)
            for doc_id, those in rows.items():
                if those["documents"]:
                    mentions = {row["mention_id"]: row for row in sorted(those["mentions"], key=_running)}
                    pages = {row["page"]: row for row in those["pages"]}
                    self._at_hand[doc_id] = {**those["documents"][0], **those, "mentions": mentions, "pages": pages}

    def _make(self, key: str, asked: Asked, doc_id: str, ids: Sequence[str]) -> Item | None:
        document = self.of_document(doc_id)
        if document is None or any(one not in document["mentions"] for one in ids):
            return None
        mentions = [document["mentions"][one] for one in ids]
        first = mentions[0] if mentions else None
        shown: Mapping[str, Any] = first if first is not None else {}
        page = shown.get("page") or 1
        findings = [row for row in document["findings"] if _is_about(row, ids[:1], asked)]
        # Those that name this score before those in which it is but a term.
        findings.sort(key=lambda row: row["subject"] != shown.get("code"))
        year, code = shown.get("fiscal_year") or document["report_year"], shown.get("code") or ""
        spots = tuple(spot_of(asked, row, document["mentions"].values()) for row in mentions) or (whole_spot(asked, document),)
        size = document["pages"].get(page) or {}
        framework = self._model.knowledge.framework(year)
        return Item(
            key=key,
            seen=fingerprint(spots),
            asked=asked,
            sha256=document["sha256"] or "",
            doc_id=doc_id,
            path=document["path"],
            document_page=document_page(doc_id, document["path"]),
            agency=shown.get("agency") or document["agency"] or "",
            fiscal_year=year,
            code=code,
            name=self._model.name(code, year) if code else Both.same(""),
            question=shown.get("question") or "",
            kind=shown.get("kind") or "",
            scale=shown.get("scale") or 100,
            reader=shown.get("reader") or "",
            spots=spots,
            printed=spots[0].printed if asked is not Asked.YEAR else "",
            read_as=spots[0].read_as,
            confidence=_confidence(asked, first, document),
            choices=tuple(choices_for(asked, first, document, findings, spots[0], framework)),
            reasons=tuple(_reasons(asked, first, document, findings)),
            findings=tuple(Both(row["message_th"], row["message"]) for row in findings[:_MOST_FINDINGS]),
            beside=tuple(numbers_beside(first, document["mentions"].values())) if first is not None else (),
            page=page,
            picture=self._picture(doc_id, page),
            width_pt=size.get("width_pt"),
            height_pt=size.get("height_pt"),
        )

    def _picture(self, doc_id: str, page: int) -> str:
        name = f"pages/{doc_id}/{page}.webp"
        return name if self._site is not None and (self._site / name).is_file() else ""


_TABLES = ("documents", "mentions", "findings", "codes", "pages")


def _running(mention: Mapping[str, Any]) -> int:
    return int(mention["mention_id"].rpartition(":")[2])


def _confidence(asked: Asked, mention: Mapping[str, Any] | None, document: Mapping[str, Any]) -> float | None:
    if mention is None:
        found = document["agency_confidence"] if asked is Asked.AGENCY else None
    elif asked is Asked.AGENCY:
        found = None
    elif asked is Asked.CODE:
        fits = [row["confidence"] for row in document["codes"] if _is_code_of(row, mention)]
        found = min(fits) if fits else None
    else:
        found = mention["year_confidence"] if asked is Asked.YEAR else mention["confidence"]
    return found


def _is_code_of(row: Mapping[str, Any], mention: Mapping[str, Any]) -> bool:
    return (row["page"], row["printed"], row["code"]) == (mention["page"], mention["printed_code"], mention["code"])


def _is_about(finding: Mapping[str, Any], ids: Sequence[str], asked: Asked) -> bool:
    """Whether a finding bears on the number, or on the document where there is none."""
    if finding["severity"] == "note":
        return False
    if not ids:
        return bool(finding["check"].startswith("agency-" if asked is Asked.AGENCY else "year-"))
    return bool(set(ids) & set(split_list(finding["mention_ids"] or "")))


def _reasons(
    asked: Asked, mention: Mapping[str, Any] | None, document: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    if mention is None:
        known = document["agency"] if asked is Asked.AGENCY else document["report_year"]
        yield "unsure" if known else "unknown"
        return
    if asked is Asked.VALUE and mention["value"] is None:
        yield "unread"
    if asked is Asked.YEAR and mention["year_from"] == "unread":
        yield "year_unread"
    confidence = _confidence(asked, mention, document)
    if confidence is not None and confidence < SURE and mention["value"] is not None:
        yield "unsure"
    if any(row["severity"] in ("error", "warning") for row in findings):
        yield "contradicted"
