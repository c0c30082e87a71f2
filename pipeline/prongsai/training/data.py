"""Clean lines drawn once and kept, and batches of them worn anew each time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from prongsai.reading.numerals.alphabet import ALPHABET
from prongsai.reading.numerals.normalise import HEIGHT, normalise
from prongsai.training.fonts import TrainingFont, training_fonts
from prongsai.training.prints import CleanLine, make_clean
from prongsai.training.wear import Wear, wear_line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDEST = 320
"""Pixels of a normalised training line; wider ones are left out."""
_FRAMES_A_GLYPH = 1.2
"""Lines whose glyphs stand closer than this cannot be told apart by the network, and are left out."""
_POOL = 512
"""Lines worn before they are sorted by width: the larger, the less of a batch is padding."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Lines of like width: ink (n, 1, HEIGHT, w), their classes end to end, how many each has, and each line's own width."""

    ink: NDArray[np.float32]
    classes: NDArray[np.int64]
    lengths: NDArray[np.int64]
    widths: NDArray[np.int64]


def thai_vocabulary() -> list[str]:
    """Thai words to draw lines of, in a fixed order."""
    from pythainlp.corpus import thai_words

    return sorted(word for word in thai_words() if 1 < len(word) <= 12 and word.isprintable() and " " not in word)


def clean_lines(count: int, seed: int, folder: Path) -> list[CleanLine]:
    """Lines drawn in the fonts that are trained on; kept in `folder` and found there again while nothing they rest on changes.

    Raises ToolMissing where there are no fonts.
    """
    fonts = tuple(font for font in training_fonts() if not font.is_held_out)
    path = folder / f"lines-{seed}-{count}-{_fingerprint(fonts)}.npz"
    if path.exists():
        return _load(path)
    rng, words = Random(seed), thai_vocabulary()
    weights = [font.share for font in fonts]
    lines = [make_clean(rng, words, fonts, weights) for _ in range(count)]
    folder.mkdir(parents=True, exist_ok=True)
    _save(lines, path)
    return lines


def batches(lines: Sequence[CleanLine], size: int, seed: int) -> Iterator[Batch]:
    """Batches without end, each line worn in another way whenever it comes up."""
    import numpy as np

    rng, wear = np.random.default_rng(seed), Wear()
    while True:
        worn: list[tuple[NDArray[np.float32], str]] = []
        while len(worn) < _POOL:
            line = lines[int(rng.integers(len(lines)))]
            ink = normalise(wear_line(line, rng, wear))
            if ink.shape[1] <= WIDEST and ink.shape[1] // 2 > len(line.classes) * _FRAMES_A_GLYPH:
                worn.append((ink, line.classes))
        worn.sort(key=lambda one: one[0].shape[1])
        starts = np.arange(0, len(worn), size)
        rng.shuffle(starts)
        for start in starts:
            yield pack(worn[start : start + size])


def feed(queue: Any, count: int, line_seed: int, folder: Path, size: int, seed: int) -> None:
    """Puts batches of the lines kept in `folder` into a queue, without end: the work of a process of its own."""
    import cv2

    cv2.setNumThreads(1)
    for batch in batches(clean_lines(count, line_seed, folder), size, seed):
        queue.put(batch)


def pack(lines: Sequence[tuple[NDArray[np.float32], str]]) -> Batch:
    """Normalised lines and their classes as one batch, padded with paper to a width that divides by 8."""
    import numpy as np

    width = -(-max(ink.shape[1] for ink, _ in lines) // 8) * 8
    batch = np.zeros((len(lines), 1, HEIGHT, width), np.float32)
    for at, (ink, _) in enumerate(lines):
        batch[at, 0, :, : ink.shape[1]] = ink
    classes = np.array([ALPHABET.index(character) for _, text in lines for character in text], np.int64)
    lengths = np.array([len(text) for _, text in lines], np.int64)
    return Batch(batch, classes, lengths, np.array([ink.shape[1] for ink, _ in lines], np.int64))


def _fingerprint(fonts: Sequence[TrainingFont]) -> str:
    """Eight hex digits of what the drawing of lines rests on: its code, and the fonts there are."""
    here = Path(__file__).parent
    parts = [(here / name).read_bytes() for name in ("lines.py", "prints.py", "fonts.py")]
    parts += [f"{font.path.name} {font.share}".encode() for font in fonts]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:8]


def _save(lines: Sequence[CleanLine], path: Path) -> None:
    """Each line's ink packed as PNG by itself: a twentieth of its size."""
    import cv2
    import numpy as np

    packed = [cv2.imencode(".png", line.ink, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].ravel() for line in lines]
    ends = np.cumsum([len(one) for one in packed])
    classes, families = np.array([line.classes for line in lines]), np.array([line.family for line in lines])
    np.savez(path, pixels=np.concatenate(packed), ends=ends, classes=classes, families=families)


def _load(path: Path) -> list[CleanLine]:
    import cv2
    import numpy as np

    with np.load(path, allow_pickle=False) as kept:
        packed = np.split(kept["pixels"], kept["ends"][:-1])
        texts = zip(kept["classes"].tolist(), kept["families"].tolist(), strict=True)
    inks = (np.asarray(cv2.imdecode(one, cv2.IMREAD_GRAYSCALE), np.uint8) for one in packed)
    return [CleanLine(ink, classes, family) for ink, (classes, family) in zip(inks, texts, strict=True)]
