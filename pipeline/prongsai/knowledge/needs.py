"""The phrases and messages that the code asks for by name; `patterns/` must hold these and no others."""

from __future__ import annotations

PHRASE_GROUPS: frozenset[str] = frozenset(
    {
        "cue.between_labels",
        "cue.code_after",
        "cue.connector",
        "cue.connector_overall",
        "cue.difference_connector",
        "cue.difference_down",
        "cue.difference_up",
        "cue.from",
        "cue.label_follows",
        "cue.bound_after",
        "cue.counted_after",
        "cue.national",
        "cue.ordinal",
        "cue.reference",
        "cue.respectively",
        "cue.score",
        "cue.score_weak",
        "cue.target",
        "cue.to",
        "grade.before",
        "grade.not_after",
        "grade.not_own",
        "header.agency",
        "header.criteria",
        "header.difference",
        "header.difference_row",
        "header.ignore",
        "header.label",
        "header.question",
        "header.score",
        "header.weight_column",
        "header.weight_row",
        "label.filler",
        "label.indicator_number",
        "label.overall",
        "label.overall_column",
        "label.overall_weak",
        "label.subindicator_number",
        "label.total_row",
        "number.filler",
        "year.comparison",
        "year.cut",
        "year.fiscal",
        "year.heading",
        "year.month",
        "year.of",
        "year.plan",
        "year.rest",
        "year.result",
    }
)
"""Groups of `patterns/phrases.toml`, nested tables joined by dots: `cue.score`."""

MESSAGE_NAMES: frozenset[str] = frozenset(
    {
        "dropped-word",
        "other-book",
        "page-failed",
        "page-skimmed",
        "rejoined-row",
        "repeated-header",
        "unmatched-number",
        "unread-numerals",
        "year-unknown",
    }
)
"""Tables of `patterns/messages.toml`: one check, one name."""
