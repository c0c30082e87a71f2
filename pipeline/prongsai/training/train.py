"""The training loop: batches made by one process beside it, weights averaged, checkpoints from which it goes on."""

from __future__ import annotations

import copy
import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from prongsai.training.data import Batch, clean_lines, feed
from prongsai.training.model_card import STRIDE
from prongsai.training.net import LineNet
from prongsai.training.recipes import RECIPES

CHECKPOINT = "checkpoint.pt"
_SAY_EVERY, _KEEP_EVERY = 200, 500
"""Steps between two lines of progress, and between two checkpoints."""
_AVERAGED = 0.998
"""What the averaged weights keep of themselves at each step."""
_MOST_GRADIENT = 2.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A run of training, from which its result follows but for the rounding of another machine."""

    reader: str = "numerals"
    """Which recipe of `recipes.RECIPES`."""
    n_lines: int = 50_000
    """Lines drawn; each is worn in another way whenever it comes up."""
    n_samples: int = 480_000
    batch: int = 32
    peak_rate: float = 3e-3
    """The learning rate, reached after a twentieth of the run, then lowered along a cosine."""
    seed: int = 3993

    @property
    def n_steps(self) -> int:
        return max(2, self.n_samples // self.batch)


def train(plan: Plan, folder: Path, say: Callable[[str], None] = print, start: Path | None = None) -> nn.Module:
    """The trained network, its weights averaged over the last steps. `folder` keeps drawn lines and the checkpoint.

    A checkpoint of the same plan in `folder` is gone on from; else the weights are fresh, or those of the checkpoint
    `start`. Raises ToolMissing where there are no fonts.
    """
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    net = LineNet(RECIPES[plan.reader]).to(memory_format=torch.channels_last)
    if start is not None:
        net.load_state_dict(torch.load(start, weights_only=True)["averaged"])
    averaged = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), lr=plan.peak_rate, weight_decay=1e-2, betas=(0.9, 0.98))
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, plan.peak_rate, total_steps=plan.n_steps, pct_start=0.05, final_div_factor=300)
    parts = {"net": net, "averaged": averaged, "optimiser": optimiser, "rate": rate}
    done = _resume(parts, plan, folder / CHECKPOINT)
    if done >= plan.n_steps:
        return averaged
    clean_lines(RECIPES[plan.reader], plan.n_lines, plan.seed, folder)
    began, loss = time.monotonic(), 0.0
    with _worn(plan, folder, seed=plan.seed + done) as stream:
        for step in range(done + 1, plan.n_steps + 1):
            now = _step(net, optimiser, next(stream))
            rate.step()
            _average(averaged, net, min(_AVERAGED, (1 + step) / (10 + step)))
            loss = 0.98 * loss + 0.02 * now if step > done + 1 else now
            if step % _SAY_EVERY == 0:
                speed = (step - done) * plan.batch / (time.monotonic() - began)
                say(f"step {step} of {plan.n_steps}: loss {loss:.4f}, {speed:.0f} lines a second")
            if step % _KEEP_EVERY == 0 or step == plan.n_steps:
                _keep(parts, plan, step, folder / CHECKPOINT)
    return averaged


def plan_of(checkpoint: Path) -> Plan:
    """The plan that a checkpoint was trained by."""
    return Plan(**torch.load(checkpoint, weights_only=True)["plan"])


def _step(net: nn.Module, optimiser: torch.optim.Optimizer, batch: Batch) -> float:
    net.train()
    logits = net(torch.from_numpy(batch.ink).contiguous(memory_format=torch.channels_last))
    frames = torch.from_numpy(-(-batch.widths // STRIDE)).clamp(max=logits.shape[1])
    loss: Tensor = nn.functional.ctc_loss(
        logits.log_softmax(2).transpose(0, 1), torch.from_numpy(batch.classes), frames, torch.from_numpy(batch.lengths), zero_infinity=True
    )
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), _MOST_GRADIENT)
    optimiser.step()
    return float(loss.item())


def _average(averaged: nn.Module, net: nn.Module, kept: float) -> None:
    with torch.no_grad():
        for mean, now in zip(averaged.state_dict().values(), net.state_dict().values(), strict=True):
            if mean.dtype.is_floating_point:
                mean.lerp_(now, 1 - kept)
            else:
                mean.copy_(now)


def _keep(parts: dict[str, Any], plan: Plan, step: int, path: Path) -> None:
    """Writes the checkpoint whole or not at all."""
    new = path.with_suffix(".new")
    torch.save({"plan": asdict(plan), "step": step, **{name: part.state_dict() for name, part in parts.items()}}, new)
    new.replace(path)


def _resume(parts: dict[str, Any], plan: Plan, path: Path) -> int:
    """Steps done already by the checkpoint of this plan, its state put into the parts; 0 where there is none."""
    if not path.exists():
        return 0
    kept = torch.load(path, weights_only=True)
    if kept["plan"] != asdict(plan):
        return 0
    for name, part in parts.items():
        part.load_state_dict(kept[name])
    return int(kept["step"])


@contextmanager
def _worn(plan: Plan, folder: Path, seed: int) -> Iterator[Iterator[Batch]]:
    """Batches made by a process of their own, a few ahead of the network."""
    context = multiprocessing.get_context("spawn")
    queue: Any = context.Queue(maxsize=24)
    maker = context.Process(target=feed, args=(queue, plan.reader, plan.n_lines, plan.seed, folder, plan.batch, seed), daemon=True)
    maker.start()
    try:
        yield iter(queue.get, None)
    finally:
        maker.terminate()
        maker.join()
