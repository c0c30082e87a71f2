"""What people said is put beside what was read: values, codes, years and agencies are confirmed, corrected or taken away."""

from prongsai.correcting.apply import apply_corrections

__all__ = ["apply_corrections"]
