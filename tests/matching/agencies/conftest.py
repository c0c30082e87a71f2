"""Words that every report holds, and places as agencies are named for them."""

from __future__ import annotations

import csv

from prongsai.knowledge import patterns_folder

NACC = (
    "การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ เป็นเครื่องมือที่สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ "
    "(สำนักงาน ป.ป.ช.) พัฒนาขึ้น เพื่อให้หน่วยงานทราบระดับคุณธรรมของตน และสำนักงาน ป.ป.ช. ได้ประกาศผลแล้ว"
)
PLACES = list(csv.DictReader((patterns_folder() / "synthesis_places.csv").read_text(encoding="utf-8").splitlines()))
