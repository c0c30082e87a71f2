"""Where the work runs: in processes of this machine, or on a Dask cluster. Documents never run in this process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from prongsai.engines.isolated import Call
from prongsai.engines.local import LocalEngine
from prongsai.engines.ordered import Engine, Steps, in_order
from prongsai.records import EngineOptions

__all__ = ["Call", "Engine", "Steps", "in_order", "start_engine"]


def start_engine(options: EngineOptions, versions: Callable[[], str]) -> AbstractContextManager[Engine]:
    """The engine that the options name, to be entered; see `LocalEngine` and `DaskEngine` for what they raise."""
    if not options.scheduler:
        return LocalEngine(options.jobs, options.limits)
    from prongsai.engines.cluster import DaskEngine

    return DaskEngine(options.scheduler, options.limits, versions)
