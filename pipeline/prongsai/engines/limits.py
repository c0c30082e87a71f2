"""How the process that reads documents holds itself to what one document may use."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from prongsai.records import Limits


def hold_to(limits: Limits) -> None:
    """Holds this process and those that it starts to the limits, as far as the system can; called once, by the child itself.

    Time is not among them: it is the parent that ends a process that takes too long.
    """
    with suppress(OSError):
        # Where memory runs out, the kernel ends a child and not the parent, which knows what to do about it.
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
    try:
        import resource
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_DATA, limits.memory_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(what)
        lowered = limit if most == resource.RLIM_INFINITY else min(limit, most)
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (lowered, most))
