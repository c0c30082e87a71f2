"""Intake: paths, folders and patterns become checked sources."""

from __future__ import annotations

from prongsai.intake.gather import Intake, Known, Rejected, Seen, gather
from prongsai.intake.kinds import EXTENSIONS, tell_kind

__all__ = ["EXTENSIONS", "Intake", "Known", "Rejected", "Seen", "gather", "tell_kind"]
