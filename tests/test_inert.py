"""Nothing in a document is run or fetched: scripts, forms, references and entities are data."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import prongsai
from prongsai.records import Status

REPORT = """\
<!DOCTYPE report [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "{url}/entity">]>
<script src="{url}/script.js">document.location = "{url}/run"</script><img src="{url}/pixel.png">&b;&c;
รายงานผลการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๘
องค์การบริหารส่วนตำบลบ้านตัวอย่าง

ตัวชี้วัดที่\tชื่อตัวชี้วัด\tคะแนน
๑\tการปฏิบัติหน้าที่\t๙๒.๑๐
๒\tการใช้งบประมาณ\t๙๑.๒๐
"""

PDF = """\
%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R /AA << /WC 5 0 R >> /AcroForm << /XFA 6 0 R /Fields [] >>
  /Names << /JavaScript << /Names [(start) 5 0 R] >> >> >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R
  /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /X 7 0 R >> >>
  /AA << /O << /S /URI /URI ({url}/opened) >> >>
  /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 600 700] /A << /S /Launch /F ({url}/launched) >> >>] >> endobj
4 0 obj << /Length 64 >> stream
BT /F1 20 Tf 100 700 Td (Some words of a page) Tj ET /X Do
endstream endobj
5 0 obj << /S /JavaScript /JS (app.launchURL\\("{url}/script"\\); this.submitForm\\("{url}/form"\\);) >> endobj
6 0 obj << /Length 120 >> stream
<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{url}/xfa">]><xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">&e;</xdp:xdp>
endstream endobj
7 0 obj << /Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceGray
  /F << /FS /URL /F ({url}/image) >> /Length 0 >> stream

endstream endobj
trailer << /Root 1 0 R /Size 8 >>
%%EOF
"""


@pytest.fixture
def calls() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a server on this machine, and what it was asked for."""
    asked: list[bytes] = []

    class Note(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Note) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


def test_what_a_document_asks_for_is_not_done(calls: tuple[str, list[bytes]], tmp_path: Path) -> None:
    url, asked = calls
    (tmp_path / "report.txt").write_text(REPORT.replace("{url}", url), encoding="utf-8")
    (tmp_path / "active.pdf").write_text(PDF.replace("{url}", url), encoding="latin-1")
    report = prongsai.run(tmp_path, ocr="never")
    assert [document.status for document in report.tables.documents] == [Status.COMPLETE, Status.COMPLETE]
    assert {(score.code, float(score.value or 0)) for score in report.tables.scores} == {("ind1", 92.1), ("ind2", 91.2)}
    assert asked == []
