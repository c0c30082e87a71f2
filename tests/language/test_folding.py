"""Folded text: what damage changes is left out, and every folded character leads back to the print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.language.folding import Lexicon, fold, fold_with_index

THAI = "กขงจดตนบปมยรลวสหอะาำิีึืุูเแโใไ็่้๊๋์ํฺๆฯ๐๑๒๓๔๕๖๗๘๙"
TEXT = st.text(st.sampled_from(THAI + "iIeEoO019 .,-–()%*\t\n\u00a0\u200b\u00ad"), max_size=60)


@pytest.mark.parametrize(
    ("printed", "same"),
    [
        ("การทำงาน", "การท างาน"),  # sara am lost its ring
        ("การทำงาน", "การทํางาน"),  # sara am split in two
        ("การทำงาน", "การ ทำ งาน"),
        ("ปัญหา", "ปัญ\u200bหา"),
        ("หน้าที่", "หนาที"),  # tone marks lost
        ("หน้าที่", "**หน้า**ที่"),
        ("ตัวชี้วัดที่ ๑๐", "ตัวชี้วัดที่ 10"),
        ("ITA", "ita"),
        ("i๑–i๓", "I1-i3"),
        ("องค์การ", "องคการ"),
    ],
)
def test_damage_folds_away(printed: str, same: str) -> None:
    assert fold(printed) == fold(same)


@pytest.mark.parametrize(("one", "other"), [("การใช้", "การแก้"), ("i1", "i11"), ("ผ่าน", "ผลาน"), ("ดี", "ดา"), ("๑", "๗")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_index_leads_back_to_the_character_that_was_folded(text: str) -> None:
    folded = fold_with_index(text)

    assert folded.text == fold(text)
    assert len(folded.index) == len(folded.text)
    assert list(folded.index) == sorted(set(folded.index))
    assert all(fold(text[at]) == character for character, at in zip(folded.text, folded.index, strict=True))


@given(TEXT, st.integers(0, 60), st.integers(0, 60))
def test_span_holds_what_folds_to_the_part(text: str, one: int, other: int) -> None:
    folded = fold_with_index(text)
    start, end = sorted(min(at, len(folded.text)) for at in (one, other))
    first, last = folded.span(start, end)

    assert 0 <= first <= last <= len(text)
    assert fold(text[first:last]) == folded.text[start:end]


def test_empty_part_stands_where_its_start_is_printed() -> None:
    folded = fold_with_index("  ก ข ")

    assert folded.span(0, 0) == (2, 2)
    assert folded.span(2, 2) == (5, 5)
    assert fold_with_index("   ").span(0, 0) == (0, 0)


def test_lexicon_takes_the_longest_phrase_at_a_place_and_overlaps_nothing() -> None:
    lexicon = Lexicon([("การ", "short"), ("การใช้", "use"), ("การใช้งบประมาณ", "budget"), ("งบประมาณ", "money")])
    text = fold("การใช้งบประมาณ การใช้ งบประมาณการ")

    assert [(text[hit.start : hit.end], hit.meaning) for hit in lexicon.find(text)] == [
        (fold("การใช้งบประมาณ"), "budget"),
        (fold("การใช้งบประมาณ"), "budget"),
        (fold("การ"), "short"),
    ]


def test_lexicon_keeps_the_first_meaning_and_knows_whole_texts() -> None:
    lexicon = Lexicon([("หน้าที่", 1), ("หนาที", 2), ("  ", 3)])

    assert lexicon.full(fold("หน้าที่")) == 1
    assert lexicon.full(fold("หน้าที่ที่")) is None
    assert lexicon.full("") is None
    assert list(lexicon.find("")) == []
    assert list(Lexicon[int]([]).find(fold("หน้าที่"))) == []


@given(
    st.lists(st.text(st.sampled_from("กขคง.("), min_size=1, max_size=4), min_size=1, max_size=8),
    st.text(st.sampled_from("กขคง.("), max_size=20),
)
def test_lexicon_finds_what_plain_search_finds(phrases: list[str], text: str) -> None:
    known = set(phrases)
    found = [(hit.start, hit.end) for hit in Lexicon([(phrase, phrase) for phrase in phrases]).find(text)]

    expected, at = [], 0
    while at < len(text):
        longest = max((len(phrase) for phrase in known if text.startswith(phrase, at)), default=0)
        if longest:
            expected.append((at, at + longest))
        at += longest or 1
    assert found == expected
