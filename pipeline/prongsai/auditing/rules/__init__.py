"""The rules, in the order in which their findings stand: one function each, named like its stable code."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prongsai.auditing.case import Case
from prongsai.auditing.rules.claims import claim
from prongsai.auditing.rules.codes import code, duplicate_row, label, missing_rows
from prongsai.auditing.rules.columns import column_mean
from prongsai.auditing.rules.grades import criteria, level, old_grade
from prongsai.auditing.rules.totals import average, basis, coarse, conflict, difference, total
from prongsai.auditing.rules.values import out_of_range, precision
from prongsai.records import Finding

Rule = Callable[[Case], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    total,
    difference,
    conflict,
    basis,
    coarse,
    average,
    column_mean,
    level,
    old_grade,
    criteria,
    claim,
    label,
    code,
    duplicate_row,
    missing_rows,
    out_of_range,
    precision,
)
