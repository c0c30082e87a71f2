"""What flows through a run: one frozen, slotted record per thing, each field with its unit.

Lengths are PDF points (1/72 inch) with the origin at the top left of the page; years are fiscal years of the
Buddhist era; values are `Decimal`, because a printed number is the digits that stand there and nothing nearer.
"""

from prongsai.records.blocks import Block, Cell, Paragraph, Passage, Place, Run, Table
from prongsai.records.box import Box
from prongsai.records.corrections import Asked, Correction, Verdict
from prongsai.records.options import DEFAULT_LIMITS, EngineOptions, Limits, OcrMode, Options
from prongsai.records.pages import UNREAD, Candidate, Kind, Page, Reader, Repair, Rule, Source, Word
from prongsai.records.rows import (
    Claim,
    ClaimKind,
    CodeReading,
    Document,
    Extract,
    Fault,
    Finding,
    GradeMention,
    Measure,
    Mention,
    MentionKind,
    PageReading,
    Recommendation,
    Relation,
    Scope,
    Score,
    Severity,
    Status,
    Suggestion,
    Tables,
)

__all__ = [
    "DEFAULT_LIMITS",
    "UNREAD",
    "Asked",
    "Block",
    "Box",
    "Candidate",
    "Cell",
    "Claim",
    "ClaimKind",
    "CodeReading",
    "Correction",
    "Document",
    "EngineOptions",
    "Extract",
    "Fault",
    "Finding",
    "GradeMention",
    "Kind",
    "Limits",
    "Measure",
    "Mention",
    "MentionKind",
    "OcrMode",
    "Options",
    "Page",
    "PageReading",
    "Paragraph",
    "Passage",
    "Place",
    "Reader",
    "Recommendation",
    "Relation",
    "Repair",
    "Rule",
    "Run",
    "Scope",
    "Score",
    "Severity",
    "Source",
    "Status",
    "Suggestion",
    "Table",
    "Tables",
    "Verdict",
    "Word",
]
