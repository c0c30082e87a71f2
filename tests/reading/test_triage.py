"""Whether a text layer is kept: the cheap signals, and the dictionary behind them."""

from __future__ import annotations

import pytest

from prongsai.reading.drawing import Drawing
from prongsai.reading.triage import judge, readable_share
from prongsai.reading.words import Layer
from prongsai.records import Repair, Word

PROSE = (
    "การประเมินนี้จัดทำขึ้นเพื่อให้หน่วยงานได้ทราบถึงระดับความโปร่งใสในการทำงานของตนเอง และนำผลที่ได้ไปใช้ในการปรับปรุงการให้บริการ "
    "แก่ประชาชนให้ดียิ่งขึ้น โดยเจ้าหน้าที่ทุกคนมีส่วนร่วมในการตอบแบบสอบถาม ข้อมูลที่ได้จะถูกเก็บไว้เป็นความลับ และนำเสนอผลในภาพรวมเท่านั้น "
    "ทั้งนี้ ผู้บริหารได้กำหนดแนวทางการแก้ไขปัญหาไว้แล้วอย่างชัดเจน เพื่อให้ทุกฝ่ายร่วมกันทำงานด้วยความซื่อสัตย์สุจริต"
)


def layer(text: str, *repairs: Repair) -> Layer:
    words = tuple(Word(word, None, 1) for word in text.split())
    return Layer(words, repairs, len("".join(text.split())))


def drawing(cover: float = 0.0, hidden: float = 0.0, *, under: bool = False, paths: int = 0) -> Drawing:
    return Drawing((), cover, paths, 10, hidden, under)


def test_sound_layer_is_good() -> None:
    verdict = judge(layer(PROSE), drawing())
    assert (verdict.is_kept, verdict.label) == (True, "good")


def test_sound_layer_with_pictures_is_kept() -> None:
    assert judge(layer(PROSE), drawing(cover=0.9)).is_kept


def test_repaired_layer_says_so() -> None:
    verdict = judge(layer(PROSE, Repair("private-use glyphs", 3)), drawing())
    assert (verdict.is_kept, verdict.label) == (True, "repaired")


@pytest.mark.parametrize(
    ("text", "cover", "paths", "is_kept", "is_blank", "label"),
    [
        ("", 0.0, 0, True, True, "blank"),
        ("", 0.0, 30, True, True, "blank"),
        ("", 0.9, 0, False, False, "no text"),
        ("", 0.0, 900, False, False, "no text"),
        ("หน้า ๑๒", 0.95, 0, False, False, "a picture with little text"),
        ("หน้า ๑๒", 0.1, 0, True, False, "good"),
    ],
)
def test_pages_with_little_or_no_text(text: str, cover: float, paths: int, is_kept: bool, is_blank: bool, label: str) -> None:
    verdict = judge(layer(text), drawing(cover, paths=paths))
    assert (verdict.is_kept, verdict.is_blank, verdict.label) == (is_kept, is_blank, label)


def test_hidden_text_under_a_picture_is_an_old_ocr() -> None:
    assert not judge(layer(PROSE), drawing(cover=1.0, hidden=1.0)).is_kept
    assert not judge(layer(PROSE), drawing(cover=1.0, under=True)).is_kept


def test_rubbish_in_latin_letters_is_not_kept() -> None:
    rubbish = "to{tfi:uin0ilotfiu{fl:vll taG1 mcn1:il tGurirfrr{ruflufri 9lutuu[tuu0u1{ytnLmu:nu1n1y! " * 4
    assert judge(layer(rubbish), drawing()).label == "no words of any language"


def test_english_and_tables_of_numbers_are_kept() -> None:
    assert judge(layer("Integrity and Transparency Assessment of local administrations in the North, 2024. " * 5), drawing()).is_kept
    assert judge(layer("97.32 98.45 100.00 A (85.00-94.99) IIT EIT OIT " * 20), drawing()).is_kept


def test_unmapped_glyphs_that_ruin_the_text_send_it_to_ocr() -> None:
    ruined = "".join("\ue000" if at % 2 else character for at, character in enumerate(PROSE))
    verdict = judge(layer(ruined), drawing())
    assert not verdict.is_kept
    assert "unmapped glyphs" in verdict.label


def test_lost_tone_marks_are_named_and_kept() -> None:
    toneless = "".join(character for character in PROSE if character not in "่้๊๋์")
    verdict = judge(layer(toneless), drawing())
    assert verdict.is_kept
    assert "lost tone marks" in verdict.label


def test_readable_share() -> None:
    sound = readable_share(PROSE)
    shifted = readable_share("".join(chr(0x0E01 + (ord(c) - 0x0E01 + 7) % 46) if "ก" <= c <= "ฮ" else c for c in PROSE))
    assert sound is not None
    assert shifted is not None
    assert sound > 0.9
    assert shifted < 0.5
    assert readable_share("ITA 2568") is None
