"""Answers on a document find their places and are put beside what was read; each that changes something is a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prongsai.correcting.answered import answered, by_person, said_by
from prongsai.correcting.documents import Naming, with_agency, with_report_year
from prongsai.correcting.places import find_place
from prongsai.knowledge import Knowledge
from prongsai.records import Asked, CodeReading, Correction, Document, Extract, Fault, Finding, Mention, Severity, Verdict

_ORDER = (Asked.AGENCY, Asked.YEAR, Asked.CODE, Asked.VALUE)
"""A code is looked up in the list of its year."""


def apply_corrections(extract: Extract, answers: Sequence[Correction], knowledge: Knowledge, naming: Naming) -> Extract:
    """The document as people say it is; what is printed, and what was read, stays beside it.

    `answers` are those in force, in the order in which they were given. One whose place is gone, or that names what cannot be,
    is a finding and changes nothing.
    """
    placed: dict[tuple[str, Asked], tuple[Mention | None, Correction]] = {}
    findings: list[Finding] = []
    for answer in answers:
        mention = find_place(answer, extract.mentions) if answer.page is not None else None
        if answer.page is not None and mention is None:
            findings.append(_finding(extract.document, answer, knowledge, "correction-unplaced", ""))
        else:
            placed[mention.mention_id if mention is not None else "", answer.asked] = (mention, answer)
    for mention, answer in sorted(placed.values(), key=lambda each: (each[0] is not None, _ORDER.index(each[1].asked))):
        extract, found = (
            _on_document(extract, answer, knowledge, naming)
            if mention is None
            else _on_mention(extract, mention.mention_id, answer, knowledge, naming)
        )
        findings += found
    return replace(extract, findings=(*extract.findings, *findings))


def _on_document(extract: Extract, answer: Correction, knowledge: Knowledge, naming: Naming) -> tuple[Extract, list[Finding]]:
    def shown(document: Document) -> str:
        return document.agency if answer.asked is Asked.AGENCY else str(document.report_year or "")

    is_agency = answer.asked is Asked.AGENCY
    told = with_agency(extract, answer, naming) if is_agency else with_report_year(extract, answer, knowledge)
    if told is None:
        return extract, [_finding(extract.document, answer, knowledge, "correction-refused", shown(extract.document))]
    before, after = shown(extract.document), shown(told.document)
    return told, [] if before == after else [_finding(extract.document, answer, knowledge, "corrected", before, after)]


def _on_mention(
    extract: Extract, mention_id: str, answer: Correction, knowledge: Knowledge, naming: Naming
) -> tuple[Extract, list[Finding]]:
    old = next(one for one in extract.mentions if one.mention_id == mention_id)
    if answer.asked is Asked.AGENCY:
        owner = with_agency(Extract(replace(extract.document, agency=old.agency), (old,)), answer, naming)
        new: Mention | None = replace(owner.mentions[0], matched_by=by_person(old.matched_by))
    else:
        new = answered(old, answer, knowledge, extract.document.report_year)
    before = _shown(old, answer.asked)
    if new is None:
        return extract, [_finding(extract.document, answer, knowledge, "correction-refused", before, at=old)]
    codes = extract.codes
    if answer.asked is Asked.CODE and answer.verdict is not Verdict.REJECT:
        codes = tuple(_settled(row, old, new) for row in codes)
    mentions = tuple(new if one is old else one for one in extract.mentions)
    told, after = replace(extract, mentions=mentions, codes=codes), _shown(new, answer.asked)
    is_same = old.value == new.value if answer.asked is Asked.VALUE else before == after
    return told, [] if is_same else [_finding(extract.document, answer, knowledge, "corrected", before, after, at=new)]


def _shown(mention: Mention, asked: Asked) -> str:
    if asked is Asked.VALUE:
        return "" if mention.value is None else mention.numeral
    if asked is Asked.CODE:
        return mention.code
    return mention.agency if asked is Asked.AGENCY else str(mention.fiscal_year or "")


def _settled(row: CodeReading, old: Mention, new: Mention) -> CodeReading:
    """A misprinted code, as what a person takes it for where it is the one that stands beside the number."""
    if (row.page, row.printed, row.code) != (old.page, old.printed_code, old.code):
        return row
    if row.box is None or old.box is None:
        is_beside = row.line is not None and row.line == old.line
    else:
        is_beside = row.box.top <= old.box.middle[1] <= row.box.bottom or old.box.top <= row.box.middle[1] <= old.box.bottom
    return replace(row, code=new.code, confidence=1.0, matched_by=by_person(row.matched_by)) if is_beside else row


def _finding(
    document: Document, answer: Correction, knowledge: Knowledge, check: str, before: str, after: str = "", at: Mention | None = None
) -> Finding:
    """`before` is what is read now and `after` what a person says; both empty where there is none."""
    said = said_by(answer) or answer.read_as
    is_taken = check == "corrected" and not after
    name = "corrected-away" if is_taken else check
    # What could not be placed says what stood there then.
    values = {"printed": before or answer.printed or "?", "expected": after or said or "?", "by": answer.made_by or "?"}
    values |= {"when": answer.made_at[:10] or "?", "why": answer.reason, "page": str(answer.page)}
    parts = {
        "place": "place-document" if answer.page is None else "place-page",
        "asked": f"asked-{answer.asked}",
        "said": "said-is-not" if answer.verdict is Verdict.REJECT else "said-is",
    }
    english = {part: knowledge.messages[one].en.format(**values) for part, one in parts.items()} | values
    thai = {part: knowledge.messages[one].th.format(**values) for part, one in parts.items()} | values
    code = at.code if at is not None else ""
    subject = code or (before if answer.asked is Asked.CODE else "") or str(answer.asked)
    return Finding(
        doc_id=document.doc_id,
        path=document.path,
        page=answer.page,
        fiscal_year=at.fiscal_year if at is not None else document.report_year,
        check=check,
        severity=Severity.NOTE if check == "corrected" else Severity.WARNING,
        subject=subject,
        printed=before or answer.printed,
        expected=after if check == "corrected" else said_by(answer),
        fault=Fault.EXTRACTION,
        message=knowledge.messages[name].en.format(**english).strip(),
        message_th=knowledge.messages[name].th.format(**thai).strip(),
        mention_ids=(at.mention_id,) if at is not None else (),
        agency=at.agency if at is not None else "",
    )
