"""Image-only PDFs as scanners write them: a page as one image, as strips, or as a background under a stencil of ink."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image as Images

CONTAINERS = ("page", "strips", "mask", "stencil")
"""`page` is one image; `strips` a page cut across; `mask` dark ink with a soft mask over a coarse background, as mixed
raster content has it; `stencil` the same in one bit."""
STRIPS = 24
COARSER = 4
"""Backgrounds have this many times fewer pixels each way."""


class _Pdf:
    """Objects of a PDF, numbered from 1 as they are added."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def add(self, body: bytes) -> int:
        self._objects.append(body)
        return len(self._objects)

    def stream(self, entries: str, content: bytes) -> int:
        return self.add(f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")

    def replace(self, number: int, body: bytes) -> None:
        self._objects[number - 1] = body

    def output(self, root: int) -> bytes:
        out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self._objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
        out += f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def write_image_pdf(pages: Sequence[Images.Image], dpi: int, quality: int, container: str) -> bytes:
    """Pages as a PDF whose images are laid out as `container` says; the same pages give the same bytes."""
    pdf = _Pdf()
    tree = pdf.add(b"")
    kids = []
    for page in pages:
        width, height = page.width * 72 / dpi, page.height * 72 / dpi
        drawn, names = [], []
        for number, (entry, x, y, wide, high) in enumerate(_placed(pdf, page, quality, container)):
            across, up = width / page.width, height / page.height
            matrix = f"{wide * across:.4f} 0 0 {high * up:.4f} {x * across:.4f} {height - (y + high) * up:.4f}"
            drawn.append(f"q 0 g {matrix} cm /I{number} Do Q")
            names.append(f"/I{number} {entry} 0 R")
        content = pdf.stream("/Filter /FlateDecode", zlib.compress("\n".join(drawn).encode()))
        resources = f"<< /XObject << {' '.join(names)} >> >>"
        box = f"[0 0 {width:.3f} {height:.3f}]"
        kids.append(
            pdf.add(f"<< /Type /Page /Parent {tree} 0 R /MediaBox {box} /Contents {content} 0 R /Resources {resources} >>".encode())
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    pdf.replace(tree, f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode())
    return pdf.output(pdf.add(f"<< /Type /Catalog /Pages {tree} 0 R >>".encode()))


def _placed(pdf: _Pdf, page: Images.Image, quality: int, container: str) -> Iterator[tuple[int, int, int, int, int]]:
    """Each image of a page: its object, and its left, top, width and height in pixels of the page."""
    width, height = page.size
    if container == "page":
        yield _image(pdf, page, quality), 0, 0, width, height
    elif container == "strips":
        edges = [height * number // STRIPS for number in range(STRIPS + 1)]
        for top, bottom in pairwise(edges):
            yield _image(pdf, page.crop((0, top, width, bottom)), quality), 0, top, width, bottom - top
    else:
        yield from _layers(pdf, page, quality, is_soft=container == "mask")


def _layers(pdf: _Pdf, page: Images.Image, quality: int, is_soft: bool) -> Iterator[tuple[int, int, int, int, int]]:
    """Paper and colours coarsely, the ink over them at full resolution."""
    import cv2
    import numpy as np
    from PIL import Image, ImageChops

    width, height = page.size
    # The lightest pixel around each place is paper, or what colours it.
    paper_only = Image.fromarray(np.asarray(cv2.dilate(np.asarray(page), np.ones((9, 9), np.uint8)), dtype=np.uint8))
    coarse = paper_only.resize((max(1, width // COARSER), max(1, height // COARSER)), Image.Resampling.BOX)
    yield _image(pdf, coarse, quality), 0, 0, width, height
    # A soft mask lets through as much ink as the page is darker than its paper.
    paper = coarse.convert("L").resize(page.size, Image.Resampling.BILINEAR)
    ink = ImageChops.subtract(paper, page.convert("L"))
    if not is_soft:
        bits = ink.point([0 if one > 70 else 255 for one in range(256)]).convert("1", dither=Image.Dither.NONE)
        entries = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ImageMask true /BitsPerComponent 1 /Filter /FlateDecode"
        yield pdf.stream(entries, zlib.compress(bits.tobytes())), 0, 0, width, height
        return
    soft = ink.point([min(255, int(one * 1.15)) for one in range(256)])
    entries = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
    mask = pdf.stream(f"{entries} /Filter /FlateDecode", zlib.compress(soft.tobytes()))
    one_pixel = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    yield pdf.stream(f"{one_pixel} /SMask {mask} 0 R", b"\x10"), 0, 0, width, height


def _image(pdf: _Pdf, image: Images.Image, quality: int) -> int:
    """An image as JPEG, or in one bit without loss."""
    entries = f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height}"
    if image.mode == "1":
        return pdf.stream(f"{entries} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode", zlib.compress(image.tobytes()))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    space = "/DeviceRGB" if image.mode == "RGB" else "/DeviceGray"
    return pdf.stream(f"{entries} /ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode", stream.getvalue())
