"""Makes realistic reports whose truth is known: for samples, tests, training and load.

The way of a made report: an agency and its scores (`agency`, `truth`), a layout that prints them (`layouts`,
`sections`, `questions`, `groups`), slips planted in the print (`slips`), a page or a text (`render_pdf`,
`render_scan`, `render_text`), and the truth beside it (`truth_tables`). `corpus.make_corpus` runs it.
"""

from .corpus import MadeDocument, make_corpus

__all__ = ["MadeDocument", "make_corpus"]
