"""The only door to Tesseract: probed once, timed out, its complaints translated.

It reads words only. Its models for Thai lack five of the ten Thai digits (langdata_lstm issue 42), so numerals have a
reader of their own.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prongsai.errors import Hindered, ToolMissing

if TYPE_CHECKING:
    from prongsai.reading.imaging.model import Pixels

THAI = "tha"
PAGE_MODE = 6
"""A single block of text: what is handed over is one clean column."""
HOW_TO_INSTALL = (
    "Install it (Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-tha; macOS: brew install tesseract tesseract-lang)"
)
_LINE_LEVEL, _WORD_LEVEL = 4, 5
_PROBE_S = 30
"""How long Tesseract may take to tell its version."""
_VERSION = re.compile(r"tesseract v?(\d+(?:\.\d+)*)")
_FOLDER = re.compile(r'"(.+)"')


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The Tesseract that is installed."""

    version: str
    languages: tuple[str, ...]
    model_sha256: str = ""
    """Of the model for Thai: there are several under one name."""

    @property
    def label(self) -> str:
        """For the column `reader_version`."""
        return f"tesseract {self.version} {THAI}"


@dataclass(frozen=True, slots=True)
class Letters:
    """A few letters that Tesseract set apart: in Thai a syllable or less. Edges in pixels of the image given to it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    """0–1 as Tesseract states it."""
    foot: float = float("inf")
    """Lower edge of the line that Tesseract took them for; letters of such a line may reach below it."""


@lru_cache(maxsize=1)
def find_tesseract() -> Tesseract | None:
    """The installed Tesseract, None where there is none that tells its version and languages; asked once in a process."""
    try:
        version = _VERSION.search(_told("--version"))
        first, *languages = _told("--list-langs").splitlines() or [""]
    except (OSError, subprocess.SubprocessError):
        return None
    if version is None:
        return None
    folder = _FOLDER.search(first)
    model = Path(folder[1], f"{THAI}.traineddata") if folder else Path()
    digest = hashlib.sha256(model.read_bytes()).hexdigest() if model.is_file() else ""
    return Tesseract(version[1], tuple(sorted(languages)), digest)


def _told(option: str) -> str:
    """What Tesseract prints on either stream; not asked by pytesseract, which would wait for ever."""
    import pytesseract

    asked = [pytesseract.pytesseract.tesseract_cmd, option]
    done = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=_PROBE_S, check=False)
    if done.returncode < 0:
        # Killed from outside: without its answer, all that earlier runs have kept would be of another Tesseract.
        done = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=_PROBE_S, check=False)
    done.check_returncode()
    return done.stdout.decode(errors="replace")


def require_tesseract() -> Tesseract:
    """The installed Tesseract with a model for Thai; raises ToolMissing with how to get what is missing."""
    found = find_tesseract()
    if found is None:
        what = "Tesseract is not installed or does not start, so pages without a text layer cannot be read"
        raise ToolMissing(what, next_step=HOW_TO_INSTALL)
    if THAI not in found.languages:
        raise ToolMissing(f"Tesseract {found.version} has no model for Thai", next_step=HOW_TO_INSTALL)
    return found


def read_letters(images: Sequence[Pixels], dpi: float, timeout_s: float) -> list[list[Letters]]:
    """What Tesseract reads on each grey image (uint8, rows by columns), in its order: line by line, left to right.

    One call for all of them, on one thread. Raises Hindered where Tesseract fails or takes longer than `timeout_s`.
    """
    import pytesseract

    # Four times faster on two cores when several workers run; Tesseract reads it when it starts.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    # Lines that look inverted are read a second time; on white paper none are.
    config = f"--psm {PAGE_MODE} --dpi {round(dpi)} -c tessedit_do_invert=0"
    try:
        with tempfile.TemporaryDirectory(prefix="prongsai-") as folder:
            path = Path(folder) / "sheets.tiff"
            _save(images, path)
            # A path and not an image: pytesseract hands it on as it is, all its pages in one call.
            found: dict[str, list[Any]] = pytesseract.image_to_data(
                str(path), lang=THAI, config=config, timeout=timeout_s, output_type=pytesseract.Output.DICT
            )
            return _by_image(found, len(images))
    except RuntimeError as error:
        if isinstance(error, pytesseract.TesseractError):
            lines = str(error.message).strip().splitlines() or ["no message"]
            raise Hindered(f"Tesseract failed: {lines[-1][:200]}", next_step="See `prongsai doctor`") from error
        raise Hindered(f"Tesseract took longer than {timeout_s:g} s", next_step="Give a cleaner or smaller scan of this page") from error
    except (OSError, UnicodeDecodeError) as error:
        raise Hindered(f"Tesseract could not be run: {error}", next_step="See `prongsai doctor`") from error
    except (LookupError, TypeError, ValueError) as error:
        raise Hindered("what Tesseract printed makes no sense", next_step="See `prongsai doctor`") from error


def _save(images: Sequence[Pixels], path: Path) -> None:
    """The images as the pages of one TIFF file."""
    import PIL.Image

    first, *others = [PIL.Image.fromarray(image) for image in images]
    first.save(path, "TIFF", save_all=True, append_images=others)


def _by_image(rows: dict[str, list[Any]], count: int) -> list[list[Letters]]:
    """Tesseract's table of words, image by image; rows without letters are left out."""
    found: list[list[Letters]] = [[] for _ in range(count)]
    columns = ("level", "page_num", "text", "left", "top", "width", "height", "conf")
    foot = float("inf")
    for level, page, text, left, top, width, height, confidence in zip(*(rows[name] for name in columns), strict=True):
        letters = str(text).strip()
        if int(level) == _LINE_LEVEL:
            foot = float(top + height)
        if int(level) == _WORD_LEVEL and letters:
            sure = max(float(confidence), 0.0) / 100
            image = range(1, count + 1).index(int(page))
            found[image].append(Letters(letters, float(left), float(top), float(left + width), float(top + height), sure, foot))
    return found
