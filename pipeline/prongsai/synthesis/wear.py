"""What happens to a printed page before and while it is scanned: steps that each have a seed of their own.

A page is a colour array, uint8 (height, width, 3). A step that is switched off changes nothing that the others draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

from .marks import MARKS, draw_mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

FILLS = ((255, 242, 204), (226, 239, 218), (221, 235, 247), (252, 228, 214), (217, 217, 217), (191, 213, 240), (255, 235, 90))
"""Colours that office programs offer for cells, and that of a marker pen."""
DARK = 140
LONG_RULE_IN = 0.35


@dataclass(frozen=True, slots=True)
class Wear:
    """How worn a page is; nothing at all by default."""

    fills: float = 0.0
    """Share of the rows between rules that lie under a colour, 0–1."""
    marks: tuple[str, ...] = ()
    """Stamps and signatures over the page, by their names in MARKS."""
    opacity: float = 0.7
    """How much of the paper's light the ink of marks takes, 0–1; print shows through all of it."""
    ink: float = 0.0
    """Print fainter (to -1) or heavier (to 1) than it should be."""
    breaks: float = 0.0
    """Share of the length of rules that is not there, 0–1."""
    specks: float = 0.0
    """Photocopier's specks, on a square inch."""
    shade: float = 0.0
    """Share of light that the darkest edge lacks, 0–1."""
    fold: float = 0.0
    """Share of light lost in the shadow of a book's fold or a crease, 0–1."""
    is_fax: bool = False
    """Black and white, dots lost and dots added along edges."""


NO_WEAR = Wear()


def draw_wear(rng: Random) -> Wear:
    """A hard case: each kind of wear one time in two or three, most of them in the middle of what they can be."""

    def at_times(share: float, low: float, high: float) -> float:
        amount = rng.uniform(low, high)
        return amount if rng.random() < share else 0.0

    marks = tuple(rng.choice(MARKS) for _ in range(rng.choice((0, 1, 1, 2, 3))))
    return Wear(
        fills=at_times(0.5, 0.1, 0.6),
        marks=marks,
        opacity=rng.uniform(0.35, 0.9),
        ink=rng.choice((0.0, 0.0, rng.uniform(-0.7, -0.2), rng.uniform(0.2, 0.7))),
        breaks=at_times(0.4, 0.02, 0.2),
        specks=at_times(0.4, 0.5, 6),
        shade=at_times(0.5, 0.1, 0.45),
        fold=at_times(0.3, 0.15, 0.5),
        is_fax=rng.random() < 0.1,
    )


def wear_print(page: Pixels, dpi: int, wear: Wear, seed: str) -> Pixels:
    """The sheet as it lies on the scanner: colours in cells, rules broken, faint or heavy print, specks, then stamps and pens."""
    if wear.fills:
        page = fill_rows(page, dpi, wear.fills, Random(f"{seed}:fills"))
    if wear.breaks:
        page = break_rules(page, dpi, wear.breaks, Random(f"{seed}:breaks"))
    if wear.ink:
        page = change_ink(page, dpi, wear.ink, Random(f"{seed}:ink"))
    if wear.specks:
        page = add_specks(page, dpi, wear.specks, Random(f"{seed}:specks"))
    for number, name in enumerate(wear.marks):
        page = add_mark(page, dpi, name, wear.opacity, Random(f"{seed}:mark:{number}"))
    return page


def wear_light(page: Pixels, wear: Wear, seed: str) -> Pixels:
    """The sheet as the scanner's lamp shows it: less light towards an edge, a shadow along a fold."""
    if not wear.shade and not wear.fold:
        return page
    import numpy as np

    height, width = page.shape[:2]
    light = np.ones((height, width), dtype=np.float32)
    down, across = np.linspace(0, 1, height, dtype=np.float32)[:, None], np.linspace(0, 1, width, dtype=np.float32)[None, :]
    if wear.shade:
        rng = Random(f"{seed}:shade")
        ramp = down * rng.uniform(-1, 1) + across * rng.uniform(-1, 1)
        ramp = (ramp - ramp.min()) / max(1e-6, float(ramp.max() - ramp.min()))
        light *= 1 - wear.shade * ramp ** rng.uniform(1, 2.5)
    if wear.fold:
        rng = Random(f"{seed}:fold")
        line = across if rng.random() < 0.7 else down
        place = rng.choice((0.0, 1.0, rng.uniform(0.3, 0.7)))
        light *= 1 - wear.fold * np.exp(-(((line - place) / rng.uniform(0.015, 0.07)) ** 2))
    return (page * light[..., None]).astype(np.uint8)


def fill_rows(page: Pixels, dpi: int, share: float, rng: Random) -> Pixels:
    """Colours behind the print, in some of the rows that rules bound; where there are no rules, marker pen over lines."""
    import numpy as np

    rules, _ = find_rules(page, dpi)
    tops = _starts(rules.sum(axis=1) > dpi)
    page = page.copy()
    for top, bottom in pairwise(tops):
        if not 0.12 * dpi < bottom - top < 1.2 * dpi or rng.random() > share:
            continue
        columns = np.flatnonzero(rules[max(0, top - 1) : top + 3].any(axis=0))
        left, right = int(columns[0]), int(columns[-1])
        if rng.random() < 0.4:
            left, right = sorted((rng.randint(left, right), rng.randint(left, right)))
        _multiply(page[top:bottom, left:right], rng.choice(FILLS))
    if len(tops) < 3:
        for top in _starts((page.min(axis=2) < DARK).sum(axis=1) > 0.02 * page.shape[1]):
            if rng.random() < share / 2:
                left = rng.randint(0, page.shape[1] // 2)
                _multiply(page[top : top + int(0.2 * dpi), left : left + int(rng.uniform(0.5, 3) * dpi)], rng.choice(FILLS))
    return page


def break_rules(page: Pixels, dpi: int, share: float, rng: Random) -> Pixels:
    """Rules with gaps, as a copier with little toner leaves them; print that touches a rule keeps its other strokes."""
    import numpy as np

    across, down = find_rules(page, dpi)
    noise = np.random.default_rng(rng.getrandbits(32)).random
    step = max(2, int(rng.uniform(0.03, 0.15) * dpi))
    height, width = across.shape
    # The same coarse grid of holes for all rules: a rule a few pixels thick is broken through.
    holes = noise((height // step + 1, width // step + 1)) < share
    holes = np.kron(holes, np.ones((step, step), dtype=bool))[:height, :width]
    page = page.copy()
    page[(across | down) & holes] = 255
    return page


def change_ink(page: Pixels, dpi: int, amount: float, rng: Random) -> Pixels:
    """Heavier strokes above 0; below it paler ones, with toner missing in blotches."""
    import cv2
    import numpy as np

    if amount > 0:
        size = max(2, round(amount * dpi / 100) + 1)
        heavy = cv2.erode(page, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
        return np.asarray(cv2.addWeighted(heavy, min(1.0, 0.4 + amount), page, 1 - min(1.0, 0.4 + amount), 0), dtype=np.uint8)
    height, width = page.shape[:2]
    coarse = np.random.default_rng(rng.getrandbits(32)).random((height * 12 // dpi + 2, width * 12 // dpi + 2), dtype=np.float32)
    cloud = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)
    kept = np.clip(1 + amount * (0.75 + 0.5 * cloud), 0.15, 1)
    worn: Pixels = (255 - (255 - page.astype(np.float32)) * kept[..., None]).astype(np.uint8)
    return worn


def add_specks(page: Pixels, dpi: int, density: float, rng: Random) -> Pixels:
    """Black dots to a fiftieth of an inch, most of them smaller."""
    import cv2

    page = page.copy()
    height, width = page.shape[:2]
    for _ in range(int(density * height * width / dpi**2)):
        radius = max(0, round(min(0.012, abs(rng.gauss(0, 0.005))) * dpi))
        place = (rng.randrange(width), rng.randrange(height))
        cv2.circle(page, place, radius, (rng.randint(0, 110),) * 3, -1, cv2.LINE_AA)
    return page


def add_mark(page: Pixels, dpi: int, name: str, opacity: float, rng: Random) -> Pixels:
    """A stamp or a signature, more often over print than beside it; print shows through its ink."""
    import numpy as np

    coverage, color = draw_mark(name, dpi, rng)
    dark = np.argwhere(page[::8, ::8].min(axis=2) < DARK)
    height, width = page.shape[:2]
    if len(dark) and rng.random() < 0.75:
        y, x = (int(one) * 8 for one in dark[rng.randrange(len(dark))])
    else:
        y, x = int(height * rng.uniform(0.6, 0.95)), int(width * rng.uniform(0.4, 0.9))
    top, left = (max(0, place - size // 2) for place, size in zip((y, x), coverage.shape, strict=True))
    page = page.copy()
    under = page[top : top + coverage.shape[0], left : left + coverage.shape[1]]
    shown = coverage[: under.shape[0], : under.shape[1], None].astype(np.float32) / 255 * opacity
    under[:] = (under * (1 - shown * (1 - np.array(color, dtype=np.float32) / 255))).astype(np.uint8)
    return page


def fax(grey: NDArray[np.uint8], rng: Random) -> NDArray[np.uint8]:
    """A grey page (height, width) in black and white, with edges that a fax machine frays."""
    import numpy as np

    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, 22, grey.shape)
    return np.where(grey + noise > rng.uniform(130, 185), 255, 0).astype(np.uint8)


def find_rules(page: Pixels, dpi: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Masks (height, width) of the drawn lines across and down: dark runs too long for a letter."""
    import cv2
    import numpy as np

    dark: Any = (page.min(axis=2) < DARK).astype(np.uint8)
    length = int(LONG_RULE_IN * dpi) | 1  # an even one would move the rules by a pixel
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, 2 * length - 1), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return across.astype(bool), down.astype(bool)


def _starts(is_inside: NDArray[np.bool_]) -> list[int]:
    """Where each run of True begins."""
    import numpy as np

    edges = np.diff(np.concatenate(([0], is_inside.astype(np.int8))))
    return [int(one) for one in np.flatnonzero(edges == 1)]


def _multiply(part: Pixels, color: tuple[int, int, int]) -> None:
    """Lays a colour under the print, in place."""
    import numpy as np

    part[:] = (part.astype(np.uint16) * np.array(color, dtype=np.uint16) // 255).astype(np.uint8)
