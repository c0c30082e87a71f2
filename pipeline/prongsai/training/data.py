"""Clean lines drawn once and kept, and batches of them worn anew each time."""

from __future__ import annotations

import hashlib
import itertools
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from prongsai.reading.network.normalise import HEIGHT, normalise
from prongsai.training.fonts import TrainingFont, training_fonts
from prongsai.training.prints import CleanLine, make_clean
from prongsai.training.recipes import RECIPES, Recipe
from prongsai.training.wear import Wear, wear_line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Packed = tuple[NDArray[np.uint8], str, str]

_FRAMES_A_GLYPH = 1.2
"""Lines whose glyphs stand closer than this cannot be told apart by the network, and are left out."""
_POOL = 512
"""Lines worn before they are sorted by width: the larger, the less of a batch is padding."""
_AT_ONCE = 5000
"""Lines that one process draws from one seed: the same lines, however many processes there are."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Lines of like width: ink (n, 1, HEIGHT, w), their classes end to end, how many each has, and each line's own width."""

    ink: NDArray[np.float32]
    classes: NDArray[np.int64]
    lengths: NDArray[np.int64]
    widths: NDArray[np.int64]


class KeptLines(Sequence[CleanLine]):
    """Drawn lines, each packed as PNG until it is asked for: a twentieth of its size."""

    def __init__(self, packed: Sequence[NDArray[np.uint8]], classes: Sequence[str], families: Sequence[str]) -> None:
        self._packed, self._classes, self._families = packed, classes, families

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, at: Any) -> Any:
        import cv2
        import numpy as np

        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        ink = np.asarray(cv2.imdecode(np.asarray(self._packed[at]), cv2.IMREAD_GRAYSCALE), np.uint8)
        return CleanLine(ink, self._classes[at], self._families[at])


def clean_lines(recipe: Recipe, count: int, seed: int, folder: Path) -> KeptLines:
    """Lines of a recipe drawn in the fonts that are trained on; kept in `folder` and found there again while nothing they
    rest on changes.

    Raises ToolMissing where there are no fonts.
    """
    path = folder / f"{recipe.name}-{seed}-{count}-{_fingerprint(recipe)}.npz"
    if not path.exists():
        parts = [(recipe.name, min(_AT_ONCE, count - start), seed + start) for start in range(0, count, _AT_ONCE)]
        packed, classes, families = zip(*itertools.chain.from_iterable(_drawn(parts)), strict=True)
        folder.mkdir(parents=True, exist_ok=True)
        _save(path, packed, classes, families)
    return _load(path)


def _drawn(parts: Sequence[tuple[str, int, int]]) -> Iterator[list[_Packed]]:
    """The lines of each part, in two processes where there are several."""
    if len(parts) == 1:
        yield _draw(*parts[0])
        return
    # Fresh processes: a forked one would share the state of libraries that have threads.
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_draw, *zip(*parts, strict=True))


def _draw(name: str, count: int, seed: int) -> list[_Packed]:
    """Lines of one seed: the ink of each as PNG, its classes and family."""
    import cv2

    recipe, rng, fonts = RECIPES[name], Random(seed), _fonts()
    words = recipe.make_words()
    weights = [font.share for font in fonts]
    lines = [make_clean(rng, words, fonts, weights, recipe) for _ in range(count)]
    return [(cv2.imencode(".png", line.ink, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].ravel(), line.classes, line.family) for line in lines]


def batches(recipe: Recipe, lines: Sequence[CleanLine], size: int, seed: int) -> Iterator[Batch]:
    """Batches without end, each line worn in another way whenever it comes up."""
    import numpy as np

    rng, wear = np.random.default_rng(seed), Wear()
    while True:
        worn: list[tuple[NDArray[np.float32], str]] = []
        while len(worn) < _POOL:
            line = lines[int(rng.integers(len(lines)))]
            ink = normalise(wear_line(line, rng, wear))
            if ink.shape[1] <= recipe.widest and ink.shape[1] // 2 > len(line.classes) * _FRAMES_A_GLYPH:
                worn.append((ink, line.classes))
        worn.sort(key=lambda one: one[0].shape[1])
        starts = np.arange(0, len(worn), size)
        rng.shuffle(starts)
        for start in starts:
            yield pack(worn[start : start + size], recipe.alphabet)


def feed(queue: Any, reader: str, count: int, line_seed: int, folder: Path, size: int, seed: int) -> None:
    """Puts batches of the lines kept in `folder` into a queue, without end: the work of a process of its own."""
    import cv2

    cv2.setNumThreads(1)
    for batch in batches(RECIPES[reader], clean_lines(RECIPES[reader], count, line_seed, folder), size, seed):
        queue.put(batch)


def pack(lines: Sequence[tuple[NDArray[np.float32], str]], alphabet: Sequence[str]) -> Batch:
    """Normalised lines and their classes as one batch, padded with paper to a width that divides by 8."""
    import numpy as np

    width = -(-max(ink.shape[1] for ink, _ in lines) // 8) * 8
    batch = np.zeros((len(lines), 1, HEIGHT, width), np.float32)
    for at, (ink, _) in enumerate(lines):
        batch[at, 0, :, : ink.shape[1]] = ink
    places = {character: at for at, character in enumerate(alphabet)}
    classes = np.array([places[character] for _, text in lines for character in text], np.int64)
    lengths = np.array([len(text) for _, text in lines], np.int64)
    return Batch(batch, classes, lengths, np.array([ink.shape[1] for ink, _ in lines], np.int64))


def _fonts() -> tuple[TrainingFont, ...]:
    return tuple(font for font in training_fonts() if not font.is_held_out)


def _fingerprint(recipe: Recipe) -> str:
    """Eight hex digits of what the drawing of lines rests on: its code, what the recipe asks for, and the fonts there are."""
    names = {"fonts", "lines", "prints", "vocabulary", recipe.make_line.__module__.rpartition(".")[2]}
    parts = [(Path(__file__).parent / f"{name}.py").read_bytes() for name in sorted(names)]
    parts.append(f"{recipe.longest} {recipe.flipped} {recipe.scribbled}".encode())
    parts += [f"{font.path.name} {font.share}".encode() for font in _fonts()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:8]


def _save(path: Path, packed: Sequence[NDArray[np.uint8]], classes: Sequence[str], families: Sequence[str]) -> None:
    import numpy as np

    ends = np.cumsum([len(one) for one in packed])
    np.savez(path, pixels=np.concatenate(packed), ends=ends, classes=np.array(classes), families=np.array(families))


def _load(path: Path) -> KeptLines:
    import numpy as np

    with np.load(path, allow_pickle=False) as kept:
        return KeptLines(np.split(kept["pixels"], kept["ends"][:-1]), kept["classes"].tolist(), kept["families"].tolist())
