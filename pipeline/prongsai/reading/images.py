"""Image files: each frame is a page, told its size in points, and refused before it is decoded where it is absurdly large."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from prongsai.errors import Hindered, InputLost, InputRejected, PageFailed
from prongsai.records import Options, Source

if TYPE_CHECKING:
    from PIL import Image

FIRST_PAGES = 2
"""So many first pages of a document are always read: they say whose report it is, and of which year."""
_FINE_DPI = 300.0
"""Finer scans read no better; those of twice this resolution and more are made coarser when they are loaded."""
_LIKELY_DPI = (70.0, 1300.0)
_A4_LONG_PT, _A4_RATIOS = 841.89, (1.25, 1.6)
_ASSUMED_DPI = 200.0


@contextmanager
def open_image(source: Source) -> Iterator[Image.Image]:
    """The image file, not decoded yet. Raises InputRejected where it is not an image, or is larger than any page."""
    import PIL.Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PIL.Image.DecompressionBombWarning)
        try:
            image = PIL.Image.open(Path(source.file))
        except PIL.Image.DecompressionBombError as error:
            raise InputRejected(
                f"the image is too large to read ({source.size_bytes:,} bytes that unpack to more pixels than any page has)",
                source.path,
                "Scan it again at 300 dpi, or cut it into pages",
            ) from error
        except (OSError, SyntaxError, ValueError) as error:
            if isinstance(error, OSError) and error.errno:
                raise InputLost(f"the file cannot be read ({error.strerror})", source.path, "Check its permissions") from error
            # Pillow's own words name a file that is perhaps a copy.
            raise InputRejected("the image cannot be opened", source.path, "Save it again as PNG or TIFF") from error
        with image:
            yield image


def count_frames(source: Source) -> int:
    """How many pages an image file holds."""
    with open_image(source) as image:
        return int(getattr(image, "n_frames", 1))


def load_frame(image: Image.Image, number: int, options: Options) -> tuple[Image.Image, float]:
    """Frame `number` (1-based) in colour, or in grey where it has none, and its pixels an inch.

    Raises PageFailed where it is too large or broken.
    """
    try:
        image.seek(number - 1)
        width, height = image.size
        dpi = resolution(image)
        too_long = max(width, height) / dpi * 72 > options.max_page_side_pt
        if width * height > options.max_pixels or too_long:
            raise PageFailed(f"the image has {width:,} x {height:,} pixels, more than any page", next_step="Scan it again at 300 dpi")
        step = int(dpi / _FINE_DPI + 0.05)
        paper = _on_paper(image)
        return (paper.reduce(step), dpi / step) if step > 1 else (paper, dpi)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, OSError) and error.errno:
            raise Hindered(f"the file cannot be read ({error.strerror})", next_step="Run it again") from error
        raise PageFailed(f"the image is broken ({error})", next_step="Scan or export the page again") from error


def _on_paper(image: Image.Image) -> Image.Image:
    """RGB or grey; what is transparent shows white paper."""
    import PIL.Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = PIL.Image.new("RGBA", layered.size, "white")
        paper.alpha_composite(layered)
        return paper.convert("RGB")
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256, "L")
    return image.convert("L" if image.mode in ("1", "L", "I", "F") else "RGB")


def resolution(image: Image.Image) -> float:
    """Pixels an inch: what the file states if a scanner could have meant it, else what makes the page an A4 sheet."""
    try:
        stated = float(image.info.get("dpi", (0.0, 0.0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        stated = 0.0
    width, height = image.size
    # 72 and 96 are what programs write that know nothing of the paper.
    if _LIKELY_DPI[0] <= stated <= _LIKELY_DPI[1] and round(stated) not in (72, 96):
        return stated
    long, short = max(width, height), max(min(width, height), 1)
    if _A4_RATIOS[0] <= long / short <= _A4_RATIOS[1]:
        return long / _A4_LONG_PT * 72
    return stated if round(stated) in (72, 96) and long / stated * 72 < 1200 else _ASSUMED_DPI
