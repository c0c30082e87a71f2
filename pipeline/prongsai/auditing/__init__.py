"""Finds what does not add up in the tables of a document, says why, and what would mend it."""

from prongsai.auditing.audit import CHECKS, audit_extract, unaudited
from prongsai.auditing.web import EquationView, Web, web

__all__ = ["CHECKS", "EquationView", "Web", "audit_extract", "unaudited", "web"]
