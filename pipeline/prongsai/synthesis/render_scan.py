"""A digital PDF printed and scanned: rasterised, worn, laid askew, blurred, noised and pressed into JPEG."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from prongsai.errors import ToolMissing

from .image_pdf import write_image_pdf
from .wear import NO_WEAR, Wear, draw_wear, fax, wear_light, wear_print

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
    wear: Wear = NO_WEAR
    turned_share: float = 0.0
    """Share of the pages that lie on a side or on their head, 0–1."""
    container: str = "page"
    """How a PDF holds its pages: one of image_pdf.CONTAINERS."""


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


def draw_hard_look(rng: Random, dpi: int | None = None) -> ScanLook:
    """A look at the far end of what offices publish: any resolution, worn, skewed to 3 degrees, turned, cut into strips or layers."""
    chosen = dpi or rng.choice((120, 150, 150, 200, 200, 200, 300, 300, 300, 400, 600))
    wear = draw_wear(rng)
    return ScanLook(
        dpi=chosen,
        skew_deg=rng.uniform(-2.8, 2.8) if rng.random() < 0.5 else rng.uniform(-0.7, 0.7),
        blur_px=rng.uniform(0.2, 0.6) * chosen / 150,
        noise=rng.choice((0.0, rng.uniform(1, 9))),
        quality=rng.randint(35, 85),
        is_color=not wear.is_fax and rng.random() < 0.6,
        wear=wear,
        turned_share=rng.choice((0.0, 0.0, 0.4)),
        container=rng.choice(("page", "page", "page", "strips"))
        if wear.is_fax
        else rng.choice(("page", "page", "strips", "mask", "stencil")),
    )


def scan_pages(pdf: bytes, look: ScanLook, rng: Random) -> list[Images.Image]:
    """The pages as a scanner saw them; faxes have mode "1". Raises ToolMissing where pypdfium2, Pillow, numpy or, for wear, OpenCV
    is not installed."""
    try:
        import numpy as np
        import pypdfium2
        from PIL import Image, ImageFilter
    except ImportError as missing:
        raise ToolMissing(
            f"the package {missing.name} is not installed", "made scans", "Install it: pip install 'prongsai[synth]'"
        ) from None
    is_worn = look.wear != NO_WEAR
    # Drawn only where it is used: looks without wear keep their bytes.
    seed = str(rng.getrandbits(64)) if is_worn or look.turned_share else ""
    document = pypdfium2.PdfDocument(pdf)
    pages: list[Images.Image] = []
    try:
        for number, page in enumerate(document):
            image = page.render(scale=look.dpi / POINTS_PER_INCH, grayscale=not look.is_color and not is_worn).to_pil()
            if is_worn:
                image = _worn(image, look, f"{seed}:{number}")
            image = image.convert("RGB" if look.is_color else "L")
            skew = look.skew_deg + rng.uniform(-0.2, 0.2)
            steepest = max(1.5, abs(look.skew_deg))
            white = (255, 255, 255) if look.is_color else 255
            image = image.rotate(max(-steepest, min(steepest, skew)), resample=Image.Resampling.BICUBIC, fillcolor=white)
            image = image.filter(ImageFilter.GaussianBlur(look.blur_px))
            if look.noise:
                noise = np.random.default_rng(rng.getrandbits(32)).normal(-2 * look.noise, look.noise, (image.height, image.width))
                grain = noise[..., None] if look.is_color else noise
                image = Image.fromarray(np.clip(np.asarray(image, dtype=np.float32) + grain, 0, 255).astype(np.uint8))
            if look.wear.is_fax:
                image = Image.fromarray(fax(np.asarray(image.convert("L")), Random(f"{seed}:{number}:fax"))).convert("1")
            pages.append(_turned(image, look, Random(f"{seed}:{number}:turn")))
    finally:
        document.close()
    return pages


def _worn(image: Images.Image, look: ScanLook, seed: str) -> Images.Image:
    """The sheet with its wear, under the scanner's light."""
    import numpy as np
    from PIL import Image

    page = wear_print(np.asarray(image.convert("RGB")), look.dpi, look.wear, seed)
    return Image.fromarray(wear_light(page, look.wear, seed))


def _turned(image: Images.Image, look: ScanLook, rng: Random) -> Images.Image:
    """The page as it lay in the feeder: some on a side or on their head."""
    from PIL import Image

    if rng.random() >= look.turned_share:
        return image
    return image.transpose(rng.choice((Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)))


def write_scan_pdf(pages: list[Images.Image], look: ScanLook) -> bytes:
    """Pages as a PDF of JPEG images, without a text layer; other containers, and pages in one bit, without Pillow's PDF writer."""
    if look.container != "page" or any(page.mode == "1" for page in pages):
        return write_image_pdf(pages, look.dpi, look.quality, look.container)
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
