"""Fiscal years: as printed, as read off images, and those that cannot be."""
