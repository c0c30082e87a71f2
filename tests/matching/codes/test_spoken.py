"""Codes that running text prints as they should not be, whether a score stands beside them or not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.knowledge import Knowledge
from prongsai.matching.codes.columns import Decoder
from prongsai.matching.codes.spoken import decoded_prints, spoken_codes
from prongsai.matching.match import Matched
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Passage

Spoken = Callable[..., list[tuple[str, str, str]]]


@pytest.fixture(scope="module")
def spoken(words: Vocabulary, knowledge: Knowledge, passage: Callable[[str], Passage]) -> Spoken:
    decoder = Decoder(knowledge.frameworks[2568], knowledge)

    def read(text: str, indicator: str = "", instrument: str = "") -> list[tuple[str, str, str]]:
        prints = list(decoded_prints(list(spoken_codes(passage(text), indicator, instrument, words)), decoder))
        assert all(text[each.start : each.end] in each.printed for each in prints)
        return [(each.printed, each.code, each.reason) for each in prints]

    return read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ต้องเผยแพร่ตามข้อ O๒๕", [("O๒๕", "o25", "capital")]),
        ("ข้อ E๖ และข้อ I๑", [("E๖", "e6", "capital"), ("I๑", "i1", "capital")]),
        ("ข้อ i๒๐ ได้คะแนนต่ำ", [("i๒๐", "i10", "digit-misprinted")]),
        ("อ้างอิงจาก ๐๘", [("๐๘", "o8", "letter-as-zero")]),
        ("ข้อ o๑ ถึง ๐๒๐", [("๐๒๐", "o20", "letter-as-zero")]),
        ("ตั้งแต่ ๐๑ – o๒๐", [("๐๑", "o1", "letter-as-zero")]),
        ("อ้างอิงจาก ๐๘ – ๐๙", [("๐๘", "o8", "letter-as-zero"), ("๐๙", "o9", "letter-as-zero")]),
        ("วันที่ 08 ถึง 09 ของเดือน", []),
        ("i๑–i๓ และ e๔ และ e๕ ประเด็น", []),
        ("ข้อ i๑, e๒ และ o๓", []),  # printed as they should be
        ("โทร 08 1234 5678", []),  # nothing says that it is a code
        ("หน้า 08 ของรายงาน", []),
        ("เวลา 08.30 น.", []),
        ("เลขที่ 08/2568", []),
        ("SEO1 และ video12", []),
        ("", []),
    ],
)
def test_codes_in_running_text(text: str, found: list[tuple[str, str, str]], spoken: Spoken) -> None:
    assert spoken(text) == found


def test_bare_digits_head_a_point_only_in_a_section(spoken: Spoken) -> None:
    text = "๑๑ ประเด็นเจ้าหน้าที่ปฏิบัติงาน"

    assert spoken(text, "ind1", "IIT") == [("๑๑ ประเด็นเจ้าหน้าที่ปฏิบัติงาน", "i1", "letter-as-one")]
    assert spoken(text) == []


@pytest.mark.parametrize(("indicator", "code", "reason"), [("ind2", "i5", "letter-as-one"), ("ind5", "i15", "letter-lost")])
def test_the_section_says_whether_a_letter_was_lost_or_read_as_a_digit(indicator: str, code: str, reason: str, spoken: Spoken) -> None:
    assert spoken("๑๕ ประเด็น ควรปรับปรุง", indicator, "IIT") == [("๑๕ ประเด็น", code, reason)]


def test_its_wording_says_so_where_the_section_does_not(words: Vocabulary, knowledge: Knowledge, passage: Callable[[str], Passage]) -> None:
    framework = knowledge.frameworks[2568]
    decoder = Decoder(framework, knowledge)
    for code in ("i5", "i15"):
        question = framework.question(code)
        assert question is not None
        heading = list(spoken_codes(passage(f"๑๕ ประเด็น {question.wording}"), "ind3", "IIT", words))
        assert [(each.code, each.matched_by[:2]) for each in decoded_prints(heading, decoder)] == [(code, ("code", "wording"))]


def test_codes_that_head_paragraph_after_paragraph_are_one_list(
    words: Vocabulary, knowledge: Knowledge, passage: Callable[[str], Passage]
) -> None:
    texts = ["i๗ ประเด็น ก", "i๘ ประเด็น ข", "i๓๙ ประเด็น ค", "i๑๐ ประเด็น ง"]
    spoken = [each for text in texts for each in spoken_codes(passage(text), "", "IIT", words)]
    found = list(decoded_prints(spoken, Decoder(knowledge.frameworks[2568], knowledge)))

    assert [(each.printed, each.code) for each in found] == [("i๓๙", "i9")]
    assert found[0].confidence > 0.9


def test_a_value_printed_elsewhere_says_which_code_was_meant(matched: Callable[..., Matched]) -> None:
    table = "ข้อ\tประเด็น\tคะแนน\ni๔\tก\t๙๑.๑๑\ni๕\tข\t๙๒.๒๒\ni๖\tค\t๙๓.๓๓\n"
    found = matched("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\n" + table + "\nข้อ i๒๕ ได้คะแนน ๙๒.๒๒ คะแนน\n")

    assert [(mention.code, mention.printed_code) for mention in found.mentions][-1] == ("i5", "i๒๕")
    assert "value" in found.mentions[-1].matched_by
    assert [(row.printed, row.code, row.reason) for row in found.codes] == [("i๒๕", "i5", "digit-misprinted")]
    assert found.codes[0].context == "ข้อ i๒๕ ได้คะแนน ๙๒.๒๒ คะแนน"


def test_a_code_of_no_question_without_other_evidence_scores_nothing(matched: Callable[..., Matched]) -> None:
    found = matched("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\nข้อ o๗๗ ได้คะแนน ๙๒.๒๒ คะแนน\n")

    assert found.mentions == ()
