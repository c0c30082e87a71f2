"""How long something takes, as a person says it, in English and in Thai."""

from __future__ import annotations

from prongsai.console.words import say

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def tell(seconds: float) -> str:
    """`0.4 s`, `45 s`, `12 min`, `3 h 20 min`, `5 d 4 h`."""
    return " ".join(f"{number} {unit}" for number, unit in _parts(seconds))


def tell_thai(seconds: float) -> str:
    """The same in Thai."""
    return " ".join(say(f"time.{unit}", number=number) for number, unit in _parts(seconds))


def _parts(seconds: float) -> list[tuple[str, str]]:
    """Numbers and their units, no more than two of them, rounded: nobody plans a night by the second."""
    if seconds < 10:
        return [(f"{seconds:.1f}", "s")]
    if round(seconds) < 300:
        return [(f"{seconds:.0f}", "s")]
    if round(seconds / _MINUTE) < 100:
        return [(f"{seconds / _MINUTE:.0f}", "min")]
    if seconds < 2 * _DAY:
        return _two(round(seconds / _MINUTE), 60, "h", "min")
    return _two(round(seconds / _HOUR), 24, "d", "h")


def _two(whole: int, base: int, large: str, small: str) -> list[tuple[str, str]]:
    first, rest = divmod(whole, base)
    return [(f"{first:,}", large), *([(str(rest), small)] if rest else [])]
