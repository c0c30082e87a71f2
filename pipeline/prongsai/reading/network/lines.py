"""Runs a network over line images, by ONNX Runtime on one thread.

Every line is padded to a width that follows from its own width alone, so that what is read does not depend on the lines
beside it in a batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prongsai.reading.network.card import Card
from prongsai.reading.network.normalise import HEIGHT, normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from prongsai.reading.imaging.model import Pixels

INK = 0.25
"""Normalised ink from which on a pixel is print."""
_LEAST_PIXELS = 4
"""A picture with fewer rows or columns holds nothing to read."""
_WIDEST = 1600
"""Normalised lines wider than this are cut, in paper where there is some, and read in pieces."""
_BATCH_COLUMNS = 4096
"""Columns that go through the network at once: more gain nothing, and take memory."""
_STEPS = ((128, 8), (256, 16), (512, 32), (_WIDEST, 64))
"""Up to a width, the step to which widths are padded: seldom more than an eighth is wasted."""


@dataclass(frozen=True, slots=True, eq=False)
class LineImage:
    """One line of text, or a part of one: grey (uint8, rows by columns), dark ink on light paper, upright, rules erased."""

    pixels: Pixels

    @classmethod
    def cut(cls, grey: Pixels, x0: int, top: int, x1: int, bottom: int) -> LineImage:
        """The part of a page within a box, in pixels."""
        return cls(grey[top:bottom, x0:x1])


@dataclass(frozen=True, slots=True, eq=False)
class SeenLine:
    """What the network made of a line: its normalised ink (HEIGHT by columns), and logits (frames by classes)."""

    ink: NDArray[np.float32]
    logits: NDArray[np.float32]
    scale: float
    """Pixels of the line image to one column of its ink."""


class LineNetwork:
    """A model in memory. Not to be shared by threads."""

    def __init__(self, card: Card, model: bytes) -> None:
        self._stride = card.stride
        self._n_classes = len(card.alphabet)
        self._session = _session(model)

    def see(self, lines: Sequence[LineImage]) -> list[SeenLine]:
        """What the network makes of each line, in the order of the lines."""
        import numpy as np

        inks = [_ink(line) for line in lines]
        pieces = [(at, piece) for at, ink in enumerate(inks) for piece in _pieces(ink)]
        logits = self._run([piece for _, piece in pieces])
        of_line: dict[int, list[NDArray[np.float32]]] = {}
        for (at, _), frames in zip(pieces, logits, strict=True):
            of_line.setdefault(at, []).append(frames)
        none = [np.empty((0, self._n_classes), np.float32)]
        return [
            SeenLine(ink, np.concatenate(of_line.get(at, none)), line.pixels.shape[1] / max(ink.shape[1], 1))
            for at, (line, ink) in enumerate(zip(lines, inks, strict=True))
        ]

    def _run(self, pieces: Sequence[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """The network's logits for each piece, frames by classes, without those of its padding."""
        import numpy as np

        found: list[NDArray[np.float32]] = [np.empty((0, 0), np.float32)] * len(pieces)
        by_width: dict[int, list[int]] = {}
        for at, piece in enumerate(pieces):
            by_width.setdefault(_padded(piece.shape[1]), []).append(at)
        for width, members in sorted(by_width.items()):
            size = max(1, _BATCH_COLUMNS // width)
            for start in range(0, len(members), size):
                batch = members[start : start + size]
                lines = np.zeros((len(batch), 1, HEIGHT, width), np.float32)
                for row, at in enumerate(batch):
                    lines[row, 0, :, : pieces[at].shape[1]] = pieces[at]
                (logits,) = self._session.run(["logits"], {"lines": lines})
                for row, at in enumerate(batch):
                    found[at] = logits[row, : -(-pieces[at].shape[1] // self._stride)]
        return found


def _session(model: bytes) -> Any:
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _ink(line: LineImage) -> NDArray[np.float32]:
    import numpy as np

    if min(line.pixels.shape) < _LEAST_PIXELS:
        return np.zeros((HEIGHT, 0), np.float32)
    return normalise(line.pixels)


def _padded(width: int) -> int:
    """The width to which a piece of this width is padded; it depends on nothing else."""
    step = next((step for most, step in _STEPS if width <= most), _STEPS[-1][1])
    return -(-width // step) * step


def _pieces(ink: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """A line in pieces of at most _WIDEST columns, cut in the middle of the widest paper that lies in a piece's second half."""
    import numpy as np

    pieces = []
    while ink.shape[1] > _WIDEST:
        half = _WIDEST // 2
        inked = np.flatnonzero(np.concatenate(([True], ink[:, half:_WIDEST].max(axis=0) > INK, [True])))
        widest = int(np.diff(inked).argmax())
        # Frames of the pieces are put end to end: a piece must hold a whole number of them.
        cut = half + (int(inked[widest]) + int(inked[widest + 1]) - 1) // 2 // 8 * 8
        pieces.append(ink[:, :cut])
        ink = ink[:, cut:]
    return [*pieces, ink] if ink.shape[1] else pieces
