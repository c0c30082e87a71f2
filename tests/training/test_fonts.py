"""Fonts found in folders: families, weights, and what is held out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from prongsai.errors import ToolMissing
from prongsai.training import fonts as module
from prongsai.training.fonts import HELD_OUT, TrainingFont, family_of, training_fonts


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Laksaman-BoldItalic.otf", "laksaman"),
        ("THSarabunNew_bold-webfont.ttf", "thsarabunnew"),
        ("IBMPlexSansThai_400Regular.ttf", "ibmplexsansthai"),
        ("K2D_700Bold.ttf", "k2d"),
        ("NotoSerifThai-Regular.ttf", "notoserifthai"),
        ("Garuda.ttf", "garuda"),
    ],
)
def test_a_file_belongs_to_a_family(name: str, family: str) -> None:
    assert family_of(Path(name)) == family


def test_a_looped_cousin_of_a_family_held_out_is_held_out_with_it() -> None:
    assert family_of(Path("IBMPlexSansThaiLooped_400Regular.ttf")) in HELD_OUT


def test_no_file_is_found_twice_and_families_share_by_their_files(fonts: tuple[TrainingFont, ...]) -> None:
    stems = [font.path.stem.lower() for font in fonts]
    assert len(stems) == len(set(stems))
    for family in {font.family for font in fonts}:
        assert len({font.share for font in fonts if font.family == family}) == 1


def test_thin_and_heavy_cuts_are_left_out(fonts: tuple[TrainingFont, ...]) -> None:
    assert not [font for font in fonts if "thin" in font.path.stem.lower() or "black" in font.path.stem.lower()]


def test_without_fonts_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(module.OVERRIDE, raising=False)
    with pytest.raises(ToolMissing, match=r"tools/fonts\.sh"):
        training_fonts((str(tmp_path),))


def test_the_script_that_fetches_fonts_goes_on_without_npm(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    (tmp_path / "bin").mkdir()
    script = Path(__file__).parents[2] / "tools" / "fonts.sh"
    done = subprocess.run([bash, str(script), str(tmp_path / "fonts")], env={"PATH": str(tmp_path / "bin")}, capture_output=True, text=True)
    assert done.returncode == 0
    assert "npm is not installed" in done.stderr
