"""Claims of whole documents: where they stand, what their table's row or section says, and the order that ranks claim."""

from __future__ import annotations

from collections.abc import Callable

from prongsai.matching.match import Matched
from prongsai.records import ClaimKind

Matching = Callable[..., Matched]

_HEAD = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2565\nเทศบาลตำบลบางกระบือ อำเภอบางคนที จังหวัดสมุทรสงคราม\n\n"
_RANKED = "อันดับ\tตัวชี้วัด\tคะแนน\n1\tการป้องกันการทุจริต\t100.00\n2\tการเปิดเผยข้อมูล\t97.50\n3\tการใช้อำนาจ\t82.02\n"


def test_ranks_claim_an_order_and_extremes_below_them_are_of_their_scope(matched: Matching) -> None:
    order, highest = matched(_HEAD + _RANKED + "\nคะแนนสูงสุด: 100.00 คะแนน\n").claims
    assert (order.kind, order.codes, order.fiscal_year) == (ClaimKind.ORDER, ("ind10", "ind9", "ind3"), 2565)
    assert (highest.kind, highest.scope, str(highest.value), highest.line) == (ClaimKind.HIGHEST, order.scope, "100.00", 9)
    assert (order.claim_id, highest.claim_id) == ("0000000000000000:c1", "0000000000000000:c2")
    assert order.agency == highest.agency == "เทศบาลตำบลบางกระบือ"


def test_ranks_may_stand_in_any_order(matched: Matching) -> None:
    text = "ตัวชี้วัด\tคะแนน\tอันดับ\nการปฏิบัติหน้าที่\t90.10\t2\nการใช้งบประมาณ\t80.20\t3\nการใช้อำนาจ\t95.30\t1\n"
    (order,) = matched(_HEAD + text).claims
    assert order.codes == ("ind3", "ind1", "ind2")


def test_numbers_of_rows_are_no_ranks(matched: Matching) -> None:
    text = "อันดับ\tตัวชี้วัด\tคะแนน\n1\tการปฏิบัติหน้าที่\t90.10\n2\tการใช้งบประมาณ\t80.20\n3\tการใช้อำนาจ\t95.30\n"
    assert matched(_HEAD + text).claims == ()


def test_numbers_below_a_caption_of_an_order_are_ranks(matched: Matching) -> None:
    text = _RANKED.replace("อันดับ", "ลำดับที่")
    assert matched(_HEAD + text).claims == ()
    (order,) = matched(_HEAD + "เรียงลำดับคะแนนจากมากไปน้อย\n\n" + text).claims
    assert order.codes == ("ind10", "ind9", "ind3")


def test_a_cell_speaks_of_its_row_and_else_of_the_section(matched: Matching) -> None:
    rows = "ตัวชี้วัด\tข้อ\tคะแนน\tวิเคราะห์\nตัวชี้วัดที่ ๓ การใช้อำนาจ\ti๗\t๙๘.๙๙\tได้รับคะแนนทุกข้อมากกว่า ๙๕ คะแนน\n\ti๘\t๙๙.๔๔\t\n"
    (each,) = matched(_HEAD.replace("2565", "2568") + rows).claims
    assert (each.kind, each.within, each.printed) == (ClaimKind.EACH, "ind3", "ทุกข้อมากกว่า ๙๕ คะแนน")
    section = "ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่\n\nข้อ\tคะแนน\tวิเคราะห์\ni๑\t๙๗.๖๑\tประเด็น i๓ มีการเรียกรับสินบน ได้คะแนนต่ำสุด\ni๓\t๙๗.๐๑\t\n"
    (lowest,) = matched(_HEAD.replace("2565", "2568") + section).claims
    assert (lowest.kind, lowest.within, lowest.codes) == (ClaimKind.LOWEST, "ind1", ("i3",))


def test_a_heading_does_not_narrow_its_own_claim(matched: Matching) -> None:
    (lowest,) = matched(_HEAD + "๕. ประเด็นที่จะต้องพัฒนาเนื่องจากได้คะแนนต่ำสุด คือ ตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน ได้คะแนน ๙๒.๗๔\n").claims
    assert (lowest.codes, lowest.within) == (("ind8",), "")
