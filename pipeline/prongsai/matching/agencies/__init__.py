"""Whose report a document is, and the agencies of a list: names as printed, held against the gazetteer."""
