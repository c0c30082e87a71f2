"""Who wants to know how far a run is; what a terminal shows of it is in `console/`."""

from __future__ import annotations

from typing import Protocol

from prongsai.records import Document


class Progress(Protocol):
    """Told by a run how far it is; called in the parent process only, in the order of the inputs."""

    def begin(self, documents: int) -> None:
        """Once, when it is known how many documents there are, rejected ones included."""

    def done(self, document: Document) -> None:
        """For each document as its result comes in."""


class Silent:
    """Progress that nobody watches."""

    def begin(self, documents: int) -> None:
        """Says nothing."""

    def done(self, document: Document) -> None:
        """Says nothing."""
