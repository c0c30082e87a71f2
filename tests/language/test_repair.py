"""Repairs of Thai text: what each one does, what it leaves alone, and that the second time nothing is left to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.language.repair import as_thai_bytes, count_defects, repair
from prongsai.records import Repair


@dataclass(frozen=True)
class Glyphs:
    glyphs: Mapping[str, str] = field(default_factory=lambda: {"\uf70a": "่", "\uf70b": "้", "\uf70e": "์", "\uf7ff": "ตั้"})


KNOWN = Glyphs()
# Thai letters, marks and digits, what breaks them, and a little of everything else.
THAI = st.text(
    alphabet=st.one_of(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), st.sampled_from("  \uf70a\uf70b\uf700ab1.\x00"))
)


@pytest.mark.parametrize(
    ("broken", "sound", "name"),
    [
        ("ดําเนินงาน", "ดำเนินงาน", "decomposed sara am"),
        ("นํ้าหนัก", "น้ำหนัก", "decomposed sara am"),
        ("น้ํา", "น้ำ", "decomposed sara am"),
        ("ส านักงาน", "สำนักงาน", "lost sara am"),
        ("ด ำเนิน", "ดำเนิน", "lost sara am"),
        ("น้ าหนัก", "น้ำหนัก", "lost sara am"),
        ("จำำนวน", "จำนวน", "doubled sara am"),
        ("ทำาหน้าที่", "ทำหน้าที่", "doubled sara am"),
        ("ท่ีดี", "ที่ดี", "marks out of order"),
        ("ที ่", "ที่", "mark after a space"),
        ("เเละ", "และ", "two sara e for sara ae"),
        ("ข\uf70bอมูล", "ข้อมูล", "private-use glyphs"),
        ("\uf7ffง", "ตั้ง", "private-use glyphs"),
        ("คะ\x00แนน\u200b", "คะแนน", "unprinted characters removed"),
    ],
)
def test_repair(broken: str, sound: str, name: str) -> None:
    result = repair(broken, KNOWN)
    assert result.text == sound
    assert name in [item.name for item in result.repairs]


@pytest.mark.parametrize(
    "sound",
    [
        "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน",
        "๙๘.๕๐ คะแนน (ผ่านดีเยี่ยม)",
        "น้ำ ทำ ซ้ำ ก็ ป.ป.ช. ฯลฯ ต่าง ๆ",
        "i๑๐ -๐.๔๙ O28",
        "IIT, EIT ส่วนที่ ๑",
        "½ ² ﬁ é Ⅳ",
        "",
    ],
)
def test_sound_text_is_left_alone(sound: str) -> None:
    assert repair(sound, KNOWN).text == sound
    assert repair(sound, KNOWN).repairs == ()


def test_each_repair_is_counted() -> None:
    assert repair("สํานักงาน จํานวน ส าคัญ", KNOWN).repairs == (Repair("decomposed sara am", 2), Repair("lost sara am", 1))


def test_unknown_private_use_glyph_stays_and_is_a_defect() -> None:
    assert repair("ก\ue123", KNOWN).text == "ก\ue123"
    assert count_defects("ก\ue123")["unmapped private-use glyphs"] == 1


@given(THAI)
def test_idempotent(text: str) -> None:
    once = repair(text, KNOWN)
    assert repair(once.text, KNOWN).text == once.text
    assert repair(once.text, KNOWN).repairs == ()


@given(THAI)
def test_repairs_are_recorded_exactly_where_text_changes(text: str) -> None:
    result = repair(text, KNOWN)
    assert (result.text != text) == bool(result.repairs)


@given(THAI)
def test_digits_and_latin_are_never_touched(text: str) -> None:
    def kept(of: str) -> str:
        return "".join(
            character
            for character in of
            if (character.isascii() and character.isprintable() and character != " ") or "๐" <= character <= "๙"
        )

    assert kept(repair(text, KNOWN).text) == kept(text)


def test_defects() -> None:
    found = count_defects("(cid:12)(cid:7) \ufffd ่า ก")
    assert found["unmapped glyphs (cid)"] == 2
    assert found["replacement characters"] == 1
    assert found["words that begin with a mark"] == 1


def test_latin_letters_with_thai_bytes() -> None:
    assert "".join(as_thai_bytes(letter) for letter in "¡ÒÃ»ÃÐàÁÔ¹ 95.5") == "การประเมิน 95.5"


@given(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B).filter(lambda c: c.encode("cp874", "ignore") != b""))
def test_thai_bytes_round_trip(letter: str) -> None:
    assert as_thai_bytes(letter.encode("cp874").decode("latin-1")) == letter
