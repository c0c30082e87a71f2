"""Makes the documents of a measurement in a process of its own.

    python -m benchmarks.made COUNT SEED FOLDER FORMAT[,FORMAT…] [DPI WEAR]

By itself, so that the memory which making takes is never counted as memory that reading takes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .process import measure

MAKING_TIMEOUT_S = 1800


def make_documents(count: int, seed: int, folder: Path, formats: str, dpi: int | None = None, wear: str = "light") -> int:
    """Makes `count` reports in `folder`, with their truth in `folder`/truth, and returns how many pages they have.

    Raises MeasurementFailed where they can't be made, as without a Thai font.
    """
    scanning = [str(dpi or ""), wear]
    answer = measure("made", [str(count), str(seed), str(folder.resolve()), formats, *scanning], MAKING_TIMEOUT_S)
    return int(answer["pages"])


def main(count: str, seed: str, folder: str, formats: str, dpi: str = "", wear: str = "light") -> None:
    """Makes them and says how many pages there are."""
    from prongsai.synthesis import make_corpus

    made = make_corpus(int(count), int(seed), Path(folder), formats.split(","), dpi=int(dpi) if dpi else None, wear=wear)
    print(json.dumps({"pages": sum(one.pages for one in made)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
