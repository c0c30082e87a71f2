"""Each step of wear does what it says, by its own seed, and leaves the rest of the page alone."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from prongsai.synthesis.wear import NO_WEAR, Wear, add_mark, break_rules, change_ink, draw_wear, fax, find_rules, wear_light, wear_print

np = pytest.importorskip("numpy")
pytest.importorskip("cv2")
DPI = 100


def sheet() -> Any:
    """A white page with a table of four rows and a block of print in its first cell."""
    page = np.full((600, 500, 3), 255, dtype=np.uint8)
    for y in range(100, 301, 50):
        page[y : y + 2, 50:450] = 0
    for x in (50, 250, 449):
        page[100:302, x : x + 2] = 0
    page[115:130, 70:130:6] = 0
    return page


def test_no_wear_is_no_change() -> None:
    page = sheet()
    assert (wear_light(wear_print(page, DPI, NO_WEAR, "a"), NO_WEAR, "a") == sheet()).all()


def test_the_same_seed_gives_the_same_page() -> None:
    wear = Wear(fills=0.5, marks=("signature",), ink=-0.4, breaks=0.1, specks=3, shade=0.3, fold=0.3)
    one, two, three = (wear_light(wear_print(sheet(), DPI, wear, seed), wear, seed) for seed in ("a", "a", "b"))
    assert (one == two).all()
    assert (one != three).any()


def test_a_step_switched_off_does_not_move_the_others() -> None:
    both = wear_print(sheet(), DPI, Wear(fills=0.9, breaks=0.3), "c")
    alone = wear_print(sheet(), DPI, Wear(fills=0.9), "c")
    colored = (alone.max(axis=2) - alone.min(axis=2)) > 4
    assert colored.any()
    assert (both[colored] == alone[colored]).all()


def test_rules_are_found_and_broken_and_print_is_kept() -> None:
    across, down = find_rules(sheet(), DPI)
    assert across[100:102, 50:450].all()
    assert down[150:200, 250].all()
    assert not across[110:140].any()
    broken = break_rules(sheet(), DPI, 0.3, Random(1))
    lost = float((broken[100:102, 50:450, 0] == 255).mean())
    assert 0.1 < lost < 0.5
    assert (broken[110:140, 60:140] == sheet()[110:140, 60:140]).all()


def test_faint_print_is_paler_and_heavy_print_is_broader() -> None:
    ink = (255 - sheet().astype(int)).sum()
    assert (255 - change_ink(sheet(), DPI, -0.6, Random(2)).astype(int)).sum() < 0.8 * ink
    assert (255 - change_ink(sheet(), DPI, 0.6, Random(2)).astype(int)).sum() > 1.2 * ink


def test_uneven_light_only_takes_light() -> None:
    shaded = wear_light(sheet(), Wear(shade=0.4, fold=0.4), "d")
    assert (shaded <= sheet()).all()
    white = shaded[sheet() == 255]
    assert white.min() < 180 < white.max()


@pytest.mark.usefixtures("_pdf_tools")
@pytest.mark.parametrize("name", ["round", "date", "signature"])
def test_print_shows_through_a_mark(name: str) -> None:
    marked = add_mark(sheet(), DPI, name, 0.8, Random(3))
    assert (marked != sheet()).any()
    assert (marked[sheet() == 0] == 0).all()
    assert ((marked != sheet()).any(axis=2)).mean() < 0.2


def test_a_fax_is_black_and_white() -> None:
    grey = np.linspace(0, 255, 200 * 300).reshape(200, 300).astype(np.uint8)
    assert set(np.unique(fax(grey, Random(4)))) == {0, 255}


def test_hard_cases_are_of_many_kinds() -> None:
    drawn = [draw_wear(Random(seed)) for seed in range(60)]
    for name in ("fills", "marks", "ink", "breaks", "specks", "shade", "fold", "is_fax"):
        assert 0 < sum(bool(getattr(one, name)) for one in drawn) < 60, name
