"""Makes the documents of a measurement in a process of its own.

    python -m benchmarks.made COUNT SEED FOLDER FORMAT[,FORMAT…]

By itself, so that the memory which making takes is never counted as memory that reading takes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .process import measure

MAKING_TIMEOUT_S = 1800


def make_documents(count: int, seed: int, folder: Path, formats: str) -> int:
    """Makes `count` reports in `folder`, with their truth in `folder`/truth, and returns how many pages they have.

    Raises MeasurementFailed where they can't be made, as without a Thai font.
    """
    pages: int = measure("made", [str(count), str(seed), str(folder.resolve()), formats], MAKING_TIMEOUT_S)["pages"]
    return pages


def main(count: str, seed: str, folder: str, formats: str) -> None:
    """Makes them and says how many pages there are."""
    from prongsai.synthesis import make_corpus

    made = make_corpus(int(count), int(seed), Path(folder), formats.split(","))
    print(json.dumps({"pages": sum(one.pages for one in made)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
