"""Prongsai reads the ITA transparency reports of Thai agencies into tables, each number with its place.

    import prongsai
    report = prongsai.run(["reports/"], out="outputs")
    frames = prongsai.read_tables("outputs")
    tables = prongsai.audit("outputs")
    one = prongsai.extract("report.pdf")

Names are loaded when they are first used, so that `prongsai --help` answers at once.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prongsai.api import audit, connect, explain, extract, plan, read_tables, run, status
    from prongsai.errors import ExitCode, ProngsaiError
    from prongsai.explaining import Explanation
    from prongsai.keeping.standing import RunStatus
    from prongsai.outcome import RunReport
    from prongsai.planning.plan import Plan
    from prongsai.records import Extract, Options, Tables

__version__ = "0.1.0"

__all__ = [
    "ExitCode",
    "Explanation",
    "Extract",
    "Options",
    "Plan",
    "ProngsaiError",
    "RunReport",
    "RunStatus",
    "Tables",
    "__version__",
    "audit",
    "connect",
    "explain",
    "extract",
    "plan",
    "read_tables",
    "run",
    "status",
]

_HOMES = {
    "audit": "prongsai.api",
    "connect": "prongsai.api",
    "explain": "prongsai.api",
    "extract": "prongsai.api",
    "plan": "prongsai.api",
    "read_tables": "prongsai.api",
    "run": "prongsai.api",
    "status": "prongsai.api",
    "ExitCode": "prongsai.errors",
    "ProngsaiError": "prongsai.errors",
    "Explanation": "prongsai.explaining",
    "Plan": "prongsai.planning.plan",
    "RunReport": "prongsai.outcome",
    "RunStatus": "prongsai.keeping.standing",
    "Extract": "prongsai.records",
    "Options": "prongsai.records",
    "Tables": "prongsai.records",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Keeps `prongsai.run` the function, whoever imports the module of that name first.

    Python binds a submodule to its package when it is imported; that binding alone is refused here, and
    `from prongsai.run import …` works as ever.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name == "run" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
