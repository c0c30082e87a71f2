"""The network: convolutions down to one row, dilated ones along it, class scores for every second column (CTC).

Small enough to read a page's lines in a fraction of a second on one thread. This module needs torch: see `needs`.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from prongsai.reading.network.normalise import HEIGHT
from prongsai.training.model_card import STRIDE
from prongsai.training.recipes import Recipe


class _Context(nn.Module):
    """A residual convolution along the line, by channel and then across channels: what stands beside a glyph."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.along = nn.Conv1d(channels, channels, 5, padding=2 * dilation, dilation=dilation, groups=channels, bias=False)
        self.norm = nn.BatchNorm1d(channels)
        self.mix = nn.Conv1d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.mix(torch.relu(self.norm(self.along(x))))


class LineNet(nn.Module):
    """Ink (n, 1, HEIGHT, w) to class scores (n, w / STRIDE, classes)."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        first, second, third, fourth, wide = recipe.channels
        self.glyphs = nn.Sequential(
            _conv(1, first, (5, 5), padding=(2, 2), stride=STRIDE),
            _conv(first, second, (3, 3)),
            nn.MaxPool2d((2, 1)),
            _conv(second, third, (3, 3)),
            nn.MaxPool2d((2, 1)),
            _conv(third, fourth, (3, 3)),
            _conv(fourth, wide, (HEIGHT // 8, 1), padding=(0, 0)),
        )
        self.context = nn.Sequential(*(_Context(wide, dilation) for dilation in recipe.dilations))
        self.out = nn.Conv1d(wide, len(recipe.alphabet), 1)

    def forward(self, lines: Tensor) -> Tensor:
        scores: Tensor = self.out(torch.relu(self.context(self.glyphs(lines).squeeze(2))))
        return scores.transpose(1, 2)


def _conv(before: int, after: int, kernel: tuple[int, int], padding: tuple[int, int] = (1, 1), stride: int = 1) -> nn.Module:
    convolution = nn.Conv2d(before, after, kernel, padding=padding, stride=stride, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(after), nn.ReLU(inplace=True))


def export(net: nn.Module, path: Path) -> None:
    """Writes the network as ONNX, normalisations folded into the convolutions: input `lines`, output `logits`, any number
    of lines of any even width."""
    import onnx

    net.eval()
    options: dict[str, Any] = {
        "input_names": ["lines"],
        "output_names": ["logits"],
        "dynamic_axes": {"lines": {0: "n", 3: "w"}, "logits": {0: "n", 1: "t"}},
        "opset_version": 17,
        # The exporter by tracing is the older one; it needs no further package and does all that so small a network asks for.
        "dynamo": False,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(net, (torch.zeros(1, 1, HEIGHT, 64),), str(path), **options)
    model = onnx.load(str(path))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
