"""What `patterns/` says is complete and adds up, and a broken pattern file is refused with its name and entry."""

from __future__ import annotations

import csv
import pickle
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import KnowledgeError
from prongsai.knowledge import Certainty, Framework, Knowledge, load_knowledge, needs, patterns_folder
from prongsai.knowledge.entries import Entry, read_toml
from prongsai.knowledge.frameworks import expand

KNOWLEDGE = load_knowledge()
YEARS = sorted(KNOWLEDGE.frameworks)
KNOWN_YEARS = range(2562, 2570)
"""Years of which facts are stated below; a newer file needs no change here."""

Copy = Callable[[str, str, str], Path]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy of `patterns/` in which, in one file, one text is replaced by another."""

    def change(name: str, old: str, new: str) -> Path:
        folder = tmp_path / "patterns"
        if not folder.exists():
            shutil.copytree(patterns_folder(), folder)
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


@pytest.fixture(params=YEARS)
def framework(request: pytest.FixtureRequest) -> Framework:
    return KNOWLEDGE.frameworks[request.param]


@pytest.fixture(params=KNOWN_YEARS)
def known(request: pytest.FixtureRequest) -> Framework:
    return KNOWLEDGE.frameworks[request.param]


def test_every_year_since_there_are_three_instruments_is_there() -> None:
    assert set(KNOWN_YEARS) <= set(YEARS)
    assert all(KNOWLEDGE.frameworks[year].fiscal_year == year for year in YEARS)


@pytest.mark.parametrize(
    ("year", "counts"),
    [
        (2562, (30, 15, 48)),
        (2563, (30, 15, 43)),
        (2564, (30, 15, 43)),
        (2565, (30, 15, 43)),
        (2566, (30, 15, 43)),
        (2567, (15, 9, 35)),
        (2568, (15, 9, 28)),
        (2569, (15, 9, 26)),
    ],
)
def test_how_many_questions_each_instrument_asks(year: int, counts: tuple[int, int, int]) -> None:
    framework = KNOWLEDGE.frameworks[year]
    assert tuple(len(framework.codes(letter)) for letter in "ieo") == counts


def test_weights_add_up(framework: Framework) -> None:
    assert sum(entry.weight for entry in framework.instruments) == 1
    for instrument in framework.instruments:
        assert not instrument.parts or sum(part.weight for part in instrument.parts) == instrument.weight


def test_weights_are_30_30_40_and_each_part_of_eit_15(known: Framework) -> None:
    weights = {entry.code: entry.weight for entry in known.instruments}
    assert weights == {"IIT": Decimal("0.30"), "EIT": Decimal("0.30"), "OIT": Decimal("0.40")}
    eit = known.instrument("EIT")
    assert eit is not None
    assert [part.code for part in eit.parts] == (["EIT1", "EIT2"] if known.fiscal_year >= 2566 else [])
    assert all(part.weight == Decimal("0.15") for part in eit.parts)


def test_every_question_maps_to_an_indicator_of_its_instrument(framework: Framework) -> None:
    for question in framework.questions:
        indicator = framework.indicator(question.indicator)
        assert indicator is not None
        assert indicator.instrument == question.instrument
        assert question.code == f"{question.letter}{question.number}"
        if question.subindicator:
            subindicator = framework.subindicator(question.subindicator)
            assert subindicator is not None
            assert subindicator.indicator == question.indicator


def test_numbers_run_without_gaps(framework: Framework) -> None:
    for letter in "ieo":
        numbers = [question.number for question in framework.questions if question.letter == letter]
        assert numbers == list(range(1, len(numbers) + 1))
    assert len(set(framework.all_codes())) == len(framework.all_codes())


def test_questions_of_indicators_are_consecutive_and_all(framework: Framework) -> None:
    together = [question.code for indicator in framework.indicators for question in framework.questions_in(indicator.code)]
    assert tuple(together) == framework.codes()
    mapped = [question for question in framework.questions if question.subindicator]
    by_sub = [question.code for sub in framework.subindicators for question in framework.questions_in(sub.code)]
    assert by_sub == [question.code for question in mapped]


def test_ten_indicators_and_as_many_questions_in_each_of_iit_and_of_eit(known: Framework) -> None:
    assert [indicator.number for indicator in known.indicators] == list(range(1, 11))
    for instrument in ("IIT", "EIT"):
        assert len({len(known.questions_in(indicator.code)) for indicator in known.indicators_in(instrument)}) == 1


def test_what_is_verified_names_its_source(framework: Framework) -> None:
    sureness = [(framework.status, framework.source)]
    sureness += [(entry.status, entry.source) for entry in framework.indicators]
    sureness += [(entry.status, entry.source) for entry in framework.subindicators]
    sureness += [(entry.status, entry.source) for entry in framework.questions]
    assert all(source for status, source in sureness if status is Certainty.VERIFIED)


def test_the_years_that_are_not_certain_say_so() -> None:
    assert {year for year in KNOWN_YEARS if KNOWLEDGE.frameworks[year].status is Certainty.UNVERIFIED} == {2562, 2569}


def test_grades_cover_every_score_and_overlap_only_where_instruments_decide(known: Framework) -> None:
    for hundredths in range(10001):
        score = Decimal(hundredths) / 100
        fitting = [grade for grade in known.grades if grade.floor <= score <= grade.ceiling]
        assert fitting, f"no grade for {score}"
        assert len([grade for grade in fitting if grade.instrument_floor is None]) == 1 or known.fiscal_year < 2566
        assert len(fitting) == 1 or known.fiscal_year >= 2566


def test_wordings_of_2568_are_all_there() -> None:
    assert all(question.wording for question in KNOWLEDGE.frameworks[2568].questions)


def test_e9_asks_something_else_in_2567_and_2568() -> None:
    before, after = (KNOWLEDGE.frameworks[year].question("e9") for year in (2567, 2568))
    assert before is not None
    assert after is not None
    assert before.wording != after.wording
    assert not set(before.aliases) & {after.wording}


def test_a_borrowed_wording_is_an_alias_and_not_a_wording() -> None:
    question, lender = (KNOWLEDGE.frameworks[year].question("i13") for year in (2566, 2564))
    assert question is not None
    assert lender is not None
    assert question.wording == ""
    assert lender.wording in question.aliases


def test_lookups_refuse_a_code_of_another_kind() -> None:
    framework = KNOWLEDGE.frameworks[2568]
    assert framework.question("ind1") is None
    assert framework.indicator("i1") is None
    assert framework.subindicator("ind9") is None
    assert framework.question("i16") is None
    assert framework.instrument("EIT1") is None
    assert KNOWLEDGE.framework(None) is None
    assert KNOWLEDGE.framework(2599) is None


def test_glyphs_are_private_and_what_they_mean_is_thai() -> None:
    assert {chr(code) for code in range(0xF700, 0xF71B)} <= KNOWLEDGE.glyphs.keys()
    assert all("\ue000" <= glyph <= "\uf8ff" for glyph in KNOWLEDGE.glyphs)
    assert all(re.fullmatch("[\u0e01-\u0e5b]", meant) for meant in KNOWLEDGE.glyphs.values())


def test_every_glyph_of_a_code_means_itself_first() -> None:
    thai_digits = {chr(0xE50 + digit): str(digit) for digit in range(10)}
    for printed, meant in {**{glyph: glyph for glyph in "ieo0123456789"}, **thai_digits}.items():
        assert KNOWLEDGE.code_confusions[printed][0] == (meant, Decimal(0))


def test_confusions_are_cheapest_first_and_the_letter_may_be_missing() -> None:
    for meanings in KNOWLEDGE.code_confusions.values():
        assert [cost for _, cost in meanings] == sorted(cost for _, cost in meanings)
    assert {meant for meant, _ in KNOWLEDGE.code_confusions[""]} == {"i", "e", "o"}
    assert {meant for meant, _ in KNOWLEDGE.code_confusions["\N{REPLACEMENT CHARACTER}"]} == set("0123456789")


def test_what_was_counted_is_in_the_table_of_confusions() -> None:
    for meant, prints in KNOWLEDGE.code_misprints.items():
        assert [times for _, times in prints] == sorted((times for _, times in prints), reverse=True)
        for printed, _ in prints:
            assert meant in {glyph for glyph, _ in KNOWLEDGE.code_confusions[printed]}


def test_what_agencies_call_an_indicator_leads_to_one_indicator_only(framework: Framework) -> None:
    names = [name for entry in framework.indicators for name in (entry.name, *entry.aliases, *entry.name_en)]
    assert len(set(names)) == len(names)


def test_an_agency_kind_is_told_by_its_longest_beginning() -> None:
    def kind(name: str) -> str:
        kinds = (each.code for each in KNOWLEDGE.agency_kinds if name.startswith((each.name_th, *each.prefixes)))
        return next(kinds, "")

    assert kind("องค์การบริหารส่วนตำบลตะโก") == "subdistrict-administration"
    assert kind("องค์การบริหารส่วนจังหวัดลพบุรี") == "provincial-administration"
    assert kind("องค์การเภสัชกรรม") == "organization"
    assert kind("เทศบาลตำบลเขาย้อย") == "subdistrict-municipality"
    assert kind("สำนักงานปลัดกระทรวงสาธารณสุข") == "permanent-secretary"
    assert kind("วิทยาลัยเทคนิคลพบุรี") == "vocational-college"
    assert kind("โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านแพ้ว") == "subdistrict-health-hospital"
    assert kind("โรงพยาบาลบ้านแพ้ว") == "hospital"


def test_the_books_that_look_like_ita_are_there() -> None:
    assert {book.name for book in KNOWLEDGE.books} == {"VEC", "MOIT", "EB", "OBEC", "LPA", "satisfaction"}
    assert all(len(book.names) + len(book.cues) >= book.at_least for book in KNOWLEDGE.books if not book.codes)
    moit = next(book for book in KNOWLEDGE.books if book.name == "MOIT")
    assert re.search(moit.codes[0], "MOIT 22 หน่วยงานมีแนวปฏิบัติ")
    assert not re.search(moit.codes[0], "MOIT 23")


def test_national_averages_are_per_year_and_code() -> None:
    averages = {(entry.fiscal_year, entry.code): entry.value for entry in KNOWLEDGE.national_averages}
    assert averages[2568, "ITA"] == Decimal("93.82")
    assert len([code for year, code in averages if year == 2565]) == 11
    assert len(averages) == len(KNOWLEDGE.national_averages)


def test_it_survives_the_way_to_another_process() -> None:
    there = pickle.loads(pickle.dumps(KNOWLEDGE))
    assert isinstance(there, Knowledge)
    assert there.frameworks == KNOWLEDGE.frameworks
    assert there.frameworks[2568].question("o28") == KNOWLEDGE.frameworks[2568].question("o28")


def test_it_is_read_once() -> None:
    assert load_knowledge() is KNOWLEDGE


def test_reading_all_of_it_is_quick() -> None:
    best = min(_seconds(lambda: load_knowledge.__wrapped__(None)) for _ in range(5))
    assert best < 0.3, "measured at about 0.04 s; five times that is a change worth a look"


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def test_the_version_follows_the_bytes(copy: Copy) -> None:
    same = load_knowledge(copy("names.toml", "status = 'likely'", "status = 'likely'"))
    assert same.version == KNOWLEDGE.version
    folder = copy("names.toml", "status = 'likely'", "status =  'likely'")
    load_knowledge.cache_clear()
    assert load_knowledge(folder).version != KNOWLEDGE.version
    assert re.fullmatch("[0-9a-f]{12}", KNOWLEDGE.version)


NEW_YEAR = """
fiscal_year = 2570
status = 'unverified'
source = 'made up by a test'
instruments = [{ code = 'IIT', weight = 0.25 }, { code = 'EIT', weight = 0.25 }, { code = 'OIT', weight = 0.5 }]
indicators = [
  { code = 'ind1', instrument = 'IIT', name = 'การปฏิบัติหน้าที่' },
  { code = 'ind2', instrument = 'EIT', name = 'คุณภาพการดำเนินงาน' },
  { code = 'ind3', instrument = 'OIT', name = 'การเปิดเผยข้อมูล' },
]
grades = [{ name = 'ผ่าน', floor = 80, ceiling = 100 }, { name = 'ไม่ผ่าน', floor = 0, ceiling = 79.99 }]
subindicators = [{ code = 'ind3.1', indicator = 'ind3', name = 'ข้อมูลพื้นฐาน', questions = 'o1-o2' }]
questions = [
  { codes = 'i1-i4', indicator = 'ind1', like = 2568 },
  { codes = 'e1', indicator = 'ind2' },
  { codes = 'o1-o3', indicator = 'ind3' },
]
wording = { e1 = 'ท่านพอใจหรือไม่' }
"""


def test_a_new_year_is_a_new_file_and_no_code(copy: Copy) -> None:
    folder = copy("names.toml", "", "")
    (folder / "frameworks" / "2570.toml").write_text(NEW_YEAR, encoding="utf-8")
    framework = load_knowledge(folder).frameworks[2570]
    assert framework.codes() == ("i1", "i2", "i3", "i4", "e1", "o1", "o2", "o3")
    assert [question.code for question in framework.questions_in("ind3.1")] == ["o1", "o2"]
    borrowed = framework.question("i4")
    assert borrowed is not None
    lender = KNOWLEDGE.frameworks[2568].question("i4")
    assert lender is not None
    assert borrowed.aliases == (lender.wording, *lender.aliases)


BROKEN = [
    # file, text there, what stands there instead, the entry named, what is said
    ("frameworks/2568.toml", "fiscal_year = 2568", "fiscal_year = 2568\ncolour = 'red'", "frameworks/2568.toml", "unknown key colour"),
    ("frameworks/2568.toml", "fiscal_year = 2568\n", "", "frameworks/2568.toml", "missing key fiscal_year"),
    ("frameworks/2568.toml", "fiscal_year = 2568", "fiscal_year = 2567", "frameworks/2568.toml", "not the year in its name"),
    ("frameworks/2568.toml", "fiscal_year = 2568", "fiscal_year = '2568'", "frameworks/2568.toml", "not a whole number"),
    ("frameworks/2568.toml", "status = 'verified'", "status = 'sure'", "frameworks/2568.toml", "none of verified, likely, unverified"),
    ("frameworks/2568.toml", "weight = 0.40", "weight = 0.41", "frameworks/2568.toml", "do not add up to 1"),
    ("frameworks/2568.toml", "weight = 0.40", "weight = 'all'", "instruments OIT", "weight is not a number"),
    ("frameworks/2568.toml", "code = 'EIT1', weight = 0.15", "code = 'EIT1', weight = 0.10", "instruments EIT", "parts do not add up"),
    ("frameworks/2568.toml", "code = 'EIT2'", "code = 'EIT1'", "instruments EIT", "part EIT1 stands twice"),
    ("frameworks/2568.toml", "code = 'EIT2'", "code = 'EIT3'", "parts EIT3", "names.toml has no name for it"),
    ("frameworks/2568.toml", "code = 'ind2', ins", "code = 'ind1', ins", "frameworks/2568.toml", "indicator ind1 stands twice"),
    ("frameworks/2568.toml", "code = 'ind10', instrument", "code = 'ind11', instrument", "frameworks/2568.toml", "ind10 is missing"),
    ("frameworks/2568.toml", "instrument = 'IIT', name", "instrument = 'XIT', name", "indicators ind1", "XIT is no instrument"),
    ("frameworks/2568.toml", "codes = 'i4-i6'", "codes = 'i3-i6'", "questions i3-i6", "i3 stands twice"),
    ("frameworks/2568.toml", "codes = 'i4-i6'", "codes = 'i5-i6'", "frameworks/2568.toml", "i4 is missing"),
    ("frameworks/2568.toml", "codes = 'i4-i6'", "codes = 'i6-i4'", "questions i6-i4", "does not rise"),
    ("frameworks/2568.toml", "codes = 'i4-i6'", "codes = 'four'", "questions four", "no code and no range"),
    ("frameworks/2568.toml", "'i1-i3'\nindicator = 'ind1'", "'i1-i3'\nindicator = 'ind6'", "questions i1-i3", "no indicator of IIT"),
    ("frameworks/2568.toml", "questions = 'o5-o11'", "questions = 'o4-o11'", "subindicators ind9.2", "o4 also stands under ind9.1"),
    ("frameworks/2568.toml", "questions = 'o17-o20'", "questions = 'o17-o21'", "subindicators ind10.1", "o21 also stands"),
    ("frameworks/2568.toml", "questions = 'o25-o28'", "questions = 'o25-o29'", "frameworks/2568.toml", "o29, which is no question"),
    ("frameworks/2568.toml", "code = 'ind9.2'", "code = 'ind10.3'", "subindicators ind10.3", "no sub-indicator of ind9"),
    ("frameworks/2568.toml", "[wording]", "[wording]\no29 = 'more'", "frameworks/2568.toml: wording", "o29 is no question"),
    ("frameworks/2568.toml", "[sources]", "[sources]\nnobody = 'x'", "frameworks/2568.toml: sources", "nobody is used by no entry"),
    ("frameworks/2568.toml", "name = 'ผ่านดี', floor = 85", "name = 'ผ่านดี', floor = 99", "grades ผ่านดี", "from the best down"),
    ("frameworks/2568.toml", "fiscal_year = 2568", "fiscal_year = = 2568", "frameworks/2568.toml", "not valid TOML"),
    ("frameworks/2569.toml", "like = 2568", "like = 2567.5", "questions i1-i3", "like is not a whole number"),
    ("frameworks/2569.toml", "like = 2568", "like = 2599", "frameworks/2569.toml", "i1 is like 2599"),
    ("frameworks/2562.toml", "like = 2564", "like = 2562", "frameworks/2562.toml", "i1 is like 2562"),
    ("names.toml", "[indicators.ind10]", "[indicators.ind11]", "names.toml", "ind11 is no code of any year"),
    ("names.toml", "  'OIT',\n", "  'OIT',\n  'OIT',\n", "names.toml: instruments: OIT", "twice"),
    ("names.toml", "[parts.EIT2]\nnames", "[parts.EIT2]\nname", "names.toml: parts: EIT2", "unknown key name"),
    ("books.toml", "codes = ['MOIT", "codes = ['(MOIT", "books.toml: books MOIT", "no regular expression"),
    ("books.toml", "name = 'LPA'", "name = 'OBEC'", "books.toml", "OBEC stands twice"),
    ("books.toml", "at_least = 3\n", "", "books.toml: books VEC", "missing key at_least"),
    ("agencies.toml", "code = 'bangkok'", "code = 'pattaya'", "agencies.toml", "pattaya stands twice"),
    ("agencies.toml", "name_th = 'กรม'", "name_th = 'กระทรวงกลาโหม'", "kinds department", "ministry stands before it"),
    ("agencies.toml", "status = 'verified'\nsource = 'N", "status = 'verified'\nsource = ''\nx = 'N", "agencies.toml", "unknown key x"),
    ("glyphs.csv", "U+F701,U+0E34", "U+F700,U+0E34", "glyphs.csv: line 3", "U+F700 stands twice"),
    ("glyphs.csv", "U+F701,U+0E34", "U+0E01,U+0E34", "glyphs.csv: line 3", "no private-use character"),
    ("glyphs.csv", "U+F701,U+0E34", "F701,U+0E34", "glyphs.csv: line 3", "no code point"),
    ("glyphs.csv", "glyph,meant", "glyph,means", "glyphs.csv", "They should be glyph, meant"),
    ("confusions.csv", "I,i,0.05", "I,x,0.05", "confusions.csv: line", "'x' stands in no code"),
    ("confusions.csv", "I,i,0.05", "I,i,2", "confusions.csv: line", "not between 0 and 1"),
    ("confusions.csv", "I,i,0.05", "I,i,cheap", "confusions.csv: line", "not a number"),
    ("confusions.csv", "[,i,0.3,34,", "[,i,0.3,9999,", "confusions.csv: line", "is no count"),
    ("confusions.csv", "I,i,0.05", "i,i,0.05", "confusions.csv: line", "stands twice"),
    ("confusions.csv", "I,i,0.05", "I,i", "confusions.csv: line", "too few or too many cells"),
    ("letters.csv", "sound,ฝฟ,", "sound,ฝฟฝ,", "letters.csv: line", "stands twice under sound"),
    ("letters.csv", "sound,ฝฟ,", "touch,ฝฟ,", "letters.csv: line", "touch is no kind of likeness"),
    ("national.csv", "2565,ind1,", "2565,ind99,", "national.csv: line", "ind99 is no code"),
    ("national.csv", "2561,ITA,", "2562,ITA,", "national.csv: line", "stands twice"),
]


@pytest.mark.parametrize(("name", "old", "new", "entry", "said"), BROKEN, ids=[f"{case[0]}-{case[4]}" for case in BROKEN])
def test_a_broken_file_is_refused_with_its_name_and_entry(copy: Copy, name: str, old: str, new: str, entry: str, said: str) -> None:
    folder = copy(name, old, new)
    with pytest.raises(KnowledgeError) as refused:
        load_knowledge(folder)
    assert entry in refused.value.where
    assert said in str(refused.value)


def test_a_verified_entry_without_a_source_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="without a source"):
        Entry({"status": "verified", "source": " "}, "x.toml: y").sureness()


@pytest.mark.parametrize(
    "name", ["names.toml", "books.toml", "agencies.toml", "glyphs.csv", "confusions.csv", "letters.csv", "national.csv"]
)
def test_a_missing_file_is_refused(copy: Copy, name: str) -> None:
    folder = copy("names.toml", "", "")
    (folder / name).unlink()
    with pytest.raises(KnowledgeError, match="the file is missing") as refused:
        load_knowledge(folder)
    assert refused.value.where == name


def test_a_folder_without_frameworks_or_with_a_stray_file_is_refused(copy: Copy) -> None:
    folder = copy("names.toml", "", "")
    (folder / "frameworks" / "next.toml").write_text("", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="no fiscal year"):
        load_knowledge(folder)
    shutil.rmtree(folder / "frameworks")
    with pytest.raises(KnowledgeError, match="no framework"):
        load_knowledge(folder)


def test_a_file_that_is_not_utf8_is_refused(copy: Copy) -> None:
    folder = copy("names.toml", "", "")
    (folder / "books.toml").write_bytes("หนังสือ".encode("cp874"))
    with pytest.raises(KnowledgeError, match="not UTF-8"):
        load_knowledge(folder)


class TestPhrasesAndMessages:
    """Both directions: what no code asks for, and what the code asks for and is not there."""

    @pytest.fixture(autouse=True)
    def ask(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(needs, "PHRASE_GROUPS", frozenset({"cues.score", "plain"}))
        monkeypatch.setattr(needs, "MESSAGE_NAMES", frozenset({"sum-fails"}))

    PHRASES = "source = 'x'\nplain = ['ก']\n[cues]\nnote = 'y'\nscore = ['คะแนน', 'ได้คะแนน']\n"
    MESSAGES = "[sum-fails]\nen = '{printed} is not {expected}'\nth = '{expected} ไม่ใช่ {printed}'\n"

    def load(self, copy: Copy, phrases: str | None, messages: str | None) -> Knowledge:
        folder = copy("names.toml", "", "")
        for name, text in (("phrases.toml", phrases), ("messages.toml", messages)):
            (folder / name).unlink(missing_ok=True)
            if text is not None:
                (folder / name).write_text(text, encoding="utf-8")
        return load_knowledge(folder)

    def test_nested_groups_are_joined_by_dots(self, copy: Copy) -> None:
        knowledge = self.load(copy, self.PHRASES, self.MESSAGES)
        assert knowledge.phrases == {"plain": ("ก",), "cues.score": ("คะแนน", "ได้คะแนน")}
        assert knowledge.messages["sum-fails"].en == "{printed} is not {expected}"

    @pytest.mark.parametrize(
        ("phrases", "messages", "where", "said"),
        [
            (PHRASES + "more = ['ข']", MESSAGES, "phrases.toml", "no code asks for the group cues.more"),
            (PHRASES.replace("plain = ['ก']\n", ""), MESSAGES, "phrases.toml", "the group plain is missing"),
            (PHRASES.replace("['ก']", "[]"), MESSAGES, "phrases.toml", "plain is empty"),
            (PHRASES.replace("'ได้คะแนน'", "'คะแนน'"), MESSAGES, "phrases.toml", "twice"),
            (PHRASES.replace("['ก']", "'ก'"), MESSAGES, "phrases.toml", "not an array of texts"),
            (None, MESSAGES, "phrases.toml", "the file is missing"),
            (PHRASES, MESSAGES + "[other]\nen = 'a'\nth = 'b'", "messages.toml", "no code asks for the message other"),
            (PHRASES, "", "messages.toml", "the message sum-fails is missing"),
            (PHRASES, MESSAGES.replace("{expected} ", "{wanted} "), "messages.toml: sum-fails", "same placeholders"),
            (PHRASES, MESSAGES.replace("is not {expected}", "is not {expected"), "messages.toml: sum-fails", "no format text"),
            (PHRASES, MESSAGES.replace("th =", "de ="), "messages.toml: sum-fails", "unknown key de"),
            (PHRASES, None, "messages.toml", "the file is missing"),
        ],
    )
    def test_what_does_not_match_is_refused(self, copy: Copy, phrases: str | None, messages: str | None, where: str, said: str) -> None:
        with pytest.raises(KnowledgeError) as refused:
            self.load(copy, phrases, messages)
        assert refused.value.where == where
        assert said in str(refused.value)

    def test_where_nothing_is_needed_the_files_may_be_missing(self, copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(needs, "PHRASE_GROUPS", frozenset())
        monkeypatch.setattr(needs, "MESSAGE_NAMES", frozenset())
        knowledge = self.load(copy, None, None)
        assert (knowledge.phrases, knowledge.messages) == ({}, {})


@given(letter=st.sampled_from("ieo"), first=st.integers(1, 60), more=st.integers(1, 60))
def test_a_range_of_codes_is_all_of_them(letter: str, first: int, more: int) -> None:
    codes = expand(Entry({}, "x"), f"{letter}{first}-{letter}{first + more}")
    assert codes == tuple((letter, number) for number in range(first, first + more + 1))


@pytest.mark.parametrize("text", ["", "i", "i0", "i01", "i1-", "i1-e3", "i3-i3", "x1", "i1-i3 ", "i๑"])
def test_what_is_no_range_of_codes_is_refused(text: str) -> None:
    with pytest.raises(KnowledgeError, match="x"):
        expand(Entry({}, "x"), text)


def test_every_row_and_table_of_the_lists_names_a_source() -> None:
    folder = patterns_folder()
    for name in ("glyphs.csv", "confusions.csv", "letters.csv", "national.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            assert all(row["source"] for row in csv.DictReader(stream)), name
    for name in ("names.toml", "books.toml", "agencies.toml"):
        assert read_toml(folder, name).text("source"), name
