"""What a file is, told by its first bytes and not by its name."""

from __future__ import annotations

from prongsai.records import Kind

EXTENSIONS: dict[str, Kind] = {
    ".pdf": Kind.PDF,
    ".png": Kind.IMAGE,
    ".jpg": Kind.IMAGE,
    ".jpeg": Kind.IMAGE,
    ".tif": Kind.IMAGE,
    ".tiff": Kind.IMAGE,
    ".txt": Kind.TEXT,
    ".md": Kind.TEXT,
}
"""Extensions that are looked at inside folders, and what their names promise."""

HEAD_BYTES = 8192
"""How much of a file's beginning is looked at; `%PDF-` may stand anywhere in the first 1,024 bytes (ISO 32000-1, annex H)."""
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_OTHERS = (
    (b"PK\x03\x04", "a ZIP file, as DOCX and XLSX are", "Save it as PDF first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "Save it as PDF first"),
    (b"{\\rtf", "an RTF document", "Save it as PDF first"),
    (b"GIF8", "a GIF image", "Save it as PNG"),
    (b"BM", "a BMP image", "Save it as PNG"),
    (b"Rar!", "a RAR archive", "Unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first"),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first"),
)


def tell_kind(head: bytes) -> Kind:
    """The kind of a file from its first `HEAD_BYTES` bytes."""
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(_IMAGES):
        return Kind.IMAGE
    if describe_other(head) is not None:
        return Kind.UNKNOWN
    return Kind.TEXT if _looks_like_text(head) else Kind.UNKNOWN


def describe_other(head: bytes) -> tuple[str, str] | None:
    """For a known kind that cannot be read: what it is, and what to do; None for any other file."""
    for magic, what, advice in _OTHERS:
        if head.startswith(magic) and not (magic == b"BM" and _looks_like_text(head)):
            return what, advice
    return None


def _looks_like_text(head: bytes) -> bool:
    """Text has a byte order mark, or hardly a control character; a few NULs are a slip of somebody's program."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    if not head:
        return False
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1b\x1a" for byte in head)
    if controls > 0.02 * len(head) + 1:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:
            return True
        # Windows-874: Thai letters are most of what lies above 127.
        high = sum(byte > 127 for byte in head)
        thai = sum(0xA1 <= byte <= 0xDA or 0xDF <= byte <= 0xFB for byte in head)
        return thai > 0.8 * high
    return True
