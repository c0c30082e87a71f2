"""A digital PDF printed and scanned: rasterised, laid askew, blurred, noised and pressed into JPEG."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from prongsai.errors import ToolMissing

if TYPE_CHECKING:
    from PIL import Image as Images

POINTS_PER_INCH = 72
EPOCH = time.gmtime(1_767_225_600)
"""2026-01-01, in place of the clock: the same seed gives the same bytes."""


@dataclass(frozen=True, slots=True)
class ScanLook:
    """How a page was scanned: resolution in dots per inch, skew in degrees, blur radius in pixels, noise in grey levels."""

    dpi: int
    skew_deg: float
    blur_px: float
    noise: float
    quality: int
    is_color: bool


def draw_scan_look(rng: Random, kind: str, has_stamp: bool, dpi: int | None = None) -> ScanLook:
    """A look for a scan; those with a stamp are in colour three times in four, and PNG is saved without grain."""
    chosen = dpi or rng.choice((150, 150, 200, 200, 300))
    return ScanLook(
        dpi=chosen,
        skew_deg=rng.uniform(-1.5, 1.5),
        blur_px=rng.uniform(0.2, 0.5) * chosen / 150,
        noise=0.0 if kind == "png" else rng.uniform(1, 6),
        quality=rng.randint(45, 75),
        is_color=has_stamp and rng.random() < 0.75,
    )


def scan_pages(pdf: bytes, look: ScanLook, rng: Random) -> list[Images.Image]:
    """The pages as a scanner saw them. Raises ToolMissing where pypdfium2, Pillow or numpy is not installed."""
    try:
        import numpy as np
        import pypdfium2
        from PIL import Image, ImageFilter
    except ImportError as missing:
        raise ToolMissing(
            f"the package {missing.name} is not installed", "made scans", "Install it: pip install 'prongsai[synth]'"
        ) from None
    document = pypdfium2.PdfDocument(pdf)
    pages: list[Images.Image] = []
    try:
        for page in document:
            image = page.render(scale=look.dpi / POINTS_PER_INCH, grayscale=not look.is_color).to_pil()
            image = image.convert("RGB" if look.is_color else "L")
            skew = look.skew_deg + rng.uniform(-0.2, 0.2)
            white = (255, 255, 255) if look.is_color else 255
            image = image.rotate(max(-1.5, min(1.5, skew)), resample=Image.Resampling.BICUBIC, fillcolor=white)
            image = image.filter(ImageFilter.GaussianBlur(look.blur_px))
            if look.noise:
                noise = np.random.default_rng(rng.getrandbits(32)).normal(-2 * look.noise, look.noise, (image.height, image.width))
                grain = noise[..., None] if look.is_color else noise
                image = Image.fromarray(np.clip(np.asarray(image, dtype=np.float32) + grain, 0, 255).astype(np.uint8))
            pages.append(image)
    finally:
        document.close()
    return pages


def write_scan_pdf(pages: list[Images.Image], look: ScanLook) -> bytes:
    """Pages as a PDF of JPEG images, without a text layer."""
    stream = io.BytesIO()
    pages[0].save(
        stream,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=look.dpi,
        quality=look.quality,
        creationDate=EPOCH,
        modDate=EPOCH,
        producer="Prongsai synthesis",
    )
    return stream.getvalue()


def write_image(page: Images.Image, look: ScanLook, kind: str) -> bytes:
    """One page as PNG (16 greys, as office scanners save them), TIFF (black and white, fax compression) or JPEG."""
    stream = io.BytesIO()
    dpi = (look.dpi, look.dpi)
    if kind == "png":
        page.convert("L").quantize(16).save(stream, "PNG", dpi=dpi, optimize=True)
    elif kind == "tiff":
        page.convert("L").point(lambda grey: 255 if grey > 150 else 0).convert("1").save(stream, "TIFF", dpi=dpi, compression="group4")
    else:
        page.save(stream, "JPEG", dpi=dpi, quality=look.quality)
    return stream.getvalue()
