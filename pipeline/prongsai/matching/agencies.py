"""Agencies: in a cell (`read_agency`), in prose (`find_agencies`), and whose report a document is (`identify`)."""

from __future__ import annotations

from prongsai.matching.agency_readings import AgencyReading
from prongsai.matching.identity import NOBODY, Identity, identify
from prongsai.matching.naming import find_agencies, read_agency

__all__ = ["NOBODY", "AgencyReading", "Identity", "find_agencies", "identify", "read_agency"]
