"""Several mentions of one score: agreed within the rounding of their digits, or in conflict."""

from __future__ import annotations

import tracemalloc
from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import OutputError
from prongsai.language.numerals import to_thai
from prongsai.records import Document, Kind, Mention, MentionKind, Reader, Scope, Score, Status, Suggestion
from prongsai.tidy import Scorebook

PLAIN = Mention(
    mention_id="d:1",
    doc_id="d",
    path="a.txt",
    page=1,
    table=None,
    row=None,
    column=None,
    box=None,
    line=1,
    agency="เทศบาลตำบลหนองบัว",
    agency_printed="",
    fiscal_year=2568,
    year_from="document",
    scope=Scope.INDICATOR,
    instrument="IIT",
    indicator="ind3",
    code="ind3",
    kind=MentionKind.SCORE,
    value=None,
    scale=100,
    printed_value="",
    printed_code="",
    question="",
    reader=Reader.GIVEN,
    reader_version="test",
    confidence=None,
)


def _mention(printed: str, doc_id: str = "d", code: str = "ind3", year: int | None = 2568, scale: int = 100) -> Mention:
    value = (Decimal(printed.replace(",", ".")) * 100 / scale).quantize(Decimal("0.0001"))
    return replace(PLAIN, doc_id=doc_id, code=code, fiscal_year=year, value=value, printed_value=printed, scale=scale)


def tidy(mentions: Iterable[Mention], documents: Iterable[Document] = (), national: Collection[str] = ()) -> tuple[Score, ...]:
    """The scores of some mentions; those of `documents` meet where a `Scorebook` lets them."""
    known = {document.doc_id: document for document in documents}
    parts: dict[str, list[Mention]] = {}
    for mention in mentions:
        parts.setdefault(mention.doc_id, []).append(mention)
    book = Scorebook(national)
    for doc_id, part in parts.items():
        book.add(known.get(doc_id), part)
    return tuple(book.scores())


@pytest.mark.parametrize(
    ("printed", "agreement", "value"),
    [
        (["86.52"], "single", "86.52"),
        (["86.52", "86.52"], "agreed", "86.52"),
        (["86.5", "86.52"], "agreed", "86.52"),  # the finer print is the value
        (["87", "86.52"], "agreed", "86.52"),
        (["86.5", "86.56"], "conflict", None),
        (["97.32", "97.33"], "conflict", None),  # two decimals each: two values
        (["97.32", "97.33", "97.32"], "conflict", "97.32"),  # printed more often
        (["97.32", "97.33", "97.32", "97.33"], "conflict", None),
        (["86.5", "86.52", "86.48"], "conflict", None),  # each agrees with the first, not with one another
        (["100", "100.00"], "agreed", "100.00"),
        (["95,20", "95.60"], "conflict", None),  # a decimal comma is a decimal point
        (["0", "0.00"], "agreed", "0.00"),
    ],
)
def test_agreement(printed: list[str], agreement: str, value: str | None) -> None:
    scores = tidy([_mention(each) for each in printed])

    assert len(scores) == 1
    assert (scores[0].mentions, scores[0].agreement) == (len(printed), agreement)
    assert scores[0].value == (None if value is None else Decimal(value))


def test_thai_digits_have_as_many_decimals_as_arabic_ones() -> None:
    thai = replace(_mention("86.5"), printed_value=to_thai("86.5"))

    assert tidy([thai, _mention("86.52")])[0].agreement == "agreed"
    assert tidy([thai, _mention("86.56")])[0].agreement == "conflict"


def test_a_weighted_print_stands_for_a_wider_interval() -> None:
    # 25.69 of 30 is anything from 85.6167 to 85.65 of 100.
    assert tidy([_mention("25.69", scale=30), _mention("85.64")])[0].agreement == "agreed"
    assert tidy([_mention("25.69", scale=30), _mention("85.67")])[0].agreement == "conflict"
    assert tidy([_mention("25.70", scale=30), _mention("25.71", scale=30)])[0].agreement == "conflict"


@given(st.decimals(0, 100, places=2), st.integers(0, 2))
def test_a_number_agrees_with_itself_rounded(value: Decimal, decimals: int) -> None:
    rounded = round(value, decimals)
    scores = tidy([_mention(str(value)), _mention(str(rounded))])

    assert scores[0].agreement == "agreed"
    assert scores[0].value == value


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_agreement_does_not_depend_on_which_stands_first(one: Decimal, other: Decimal) -> None:
    first, second = _mention(str(one)), _mention(f"{other:.1f}")

    assert tidy([first, second])[0].agreement == tidy([second, first])[0].agreement


@given(st.permutations(["a", "b", "c"]), st.lists(st.sampled_from(["90.00", "90.0", "90.01"]), min_size=3, max_size=6))
def test_the_order_of_documents_changes_no_score(order: list[str], printed: list[str]) -> None:
    documents = {doc_id: [_mention(each, doc_id) for each in printed] for doc_id in "abc"}
    straight = tidy(mention for doc_id in "abc" for mention in documents[doc_id])
    shuffled = tidy(mention for doc_id in order for mention in documents[doc_id])

    assert [score.doc_id for score in shuffled] == order
    assert sorted(straight, key=lambda score: score.doc_id) == sorted(shuffled, key=lambda score: score.doc_id)


def test_agency_year_code_and_document_each_make_a_score_of_their_own() -> None:
    mentions = [
        _mention("90.00"),
        _mention("91.00", year=2567),
        _mention("92.00", year=None),
        _mention("93.00", code="ind4"),
        _mention("94.00", doc_id="other"),
        replace(_mention("95.00"), agency="เทศบาลเมืองท่าใหม่"),
    ]
    scores = tidy(mentions)

    assert sorted(score.value for score in scores if score.value) == [90, 91, 92, 93, 94, 95]
    assert {score.agreement for score in scores} == {"single"}


def _document(doc_id: str, agency_type: str = "subdistrict-municipality", district: str = "Mueang", province: str = "Nan") -> Document:
    kind, status = Kind.TEXT, Status.COMPLETE
    return Document(doc_id, f"{doc_id}.txt", doc_id, kind, 1, PLAIN.agency, agency_type, district, province, 2568, "ITA", status, "")


def test_documents_of_one_agency_meet_in_its_scores() -> None:
    report = [_mention("98.50", "report", "ITA"), _mention("96.00", "report")]
    memo = [_mention("88.50", "memo", "ITA"), _mention("96.0", "memo"), _mention("90.00", "memo", year=2567)]
    scores = tidy([*report, *memo], [_document("report"), _document("memo")])

    assert [(score.code, score.fiscal_year, score.value, score.agreement, score.doc_id, score.doc_ids) for score in scores] == [
        ("ITA", 2568, None, "conflict", "memo", ("memo", "report")),
        ("ind3", 2568, 96, "agreed", "memo", ("memo", "report")),
        ("ind3", 2567, 90, "single", "memo", ("memo",)),
    ]


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        ({}, True),
        ({"province": "Phrae"}, False),
        ({"district": "Pua"}, False),
        ({"agency_type": "town-municipality"}, False),
        ({"province": "", "district": ""}, False),
    ],
)
def test_names_alone_do_not_make_one_agency(other: dict[str, str], is_one: bool) -> None:
    scores = tidy([_mention("90.00", "a"), _mention("90.00", "b")], [_document("a"), _document("b", **other)])

    assert [score.mentions for score in scores] == ([2] if is_one else [1, 1])


def test_scores_of_no_known_year_meet_in_their_document_only() -> None:
    mentions = [_mention("90.00", doc_id, year=None) for doc_id in ("a", "a", "b")]

    assert [score.mentions for score in tidy(mentions, [_document("a"), _document("b")])] == [2, 1]


def test_the_place_of_an_agency_decides_whatever_document_lists_it() -> None:
    listed = [replace(_mention("90.00", doc_id), place_code=code) for doc_id, code in (("a", "7601"), ("b", "7601"), ("c", "7602"))]

    assert [(score.mentions, score.place_code) for score in tidy(listed)] == [(2, "7601"), (1, "7602")]


def test_agencies_without_a_province_meet_where_their_name_is_the_countrys_only_one() -> None:
    documents = [_document(doc_id, agency_type="ministry", district="", province="") for doc_id in "ab"]
    mentions = [_mention("90.00", doc_id) for doc_id in "ab"]

    assert [score.mentions for score in tidy(mentions, documents)] == [1, 1]
    assert [score.mentions for score in tidy(mentions, documents, ["ministry"])] == [2]


def test_other_agencies_that_a_document_lists_meet_no_other_documents() -> None:
    listed = [replace(_mention("90.00", doc_id), agency="another") for doc_id in "ab"]

    assert [score.mentions for score in tidy(listed, [_document("a"), _document("b")])] == [1, 1]


@given(
    st.permutations("abcd"),
    st.dictionaries(st.sampled_from("abcd"), st.lists(st.sampled_from(["90.00", "90.0", "90.01", "90", "91"]), min_size=1, max_size=4)),
    st.sampled_from(["", "Nan"]),
)
def test_the_order_of_documents_that_meet_changes_no_score(order: list[str], printed: dict[str, list[str]], province: str) -> None:
    def scores(doc_ids: Iterable[str]) -> list[Score]:
        mentions = [_mention(each, doc_id) for doc_id in doc_ids for each in printed.get(doc_id, [])]
        documents = [_document(doc_id, province=province if doc_id == "d" else "Nan") for doc_id in doc_ids]
        return sorted(tidy(mentions, documents), key=lambda score: score.doc_ids)

    assert scores(order) == scores("abcd")


@pytest.mark.parametrize(
    "other",
    [
        replace(_mention("1.20"), kind=MentionKind.DIFFERENCE),
        replace(_mention("93.82"), kind=MentionKind.REFERENCE),
        replace(_mention("0"), value=None, printed_value=""),  # unread
        replace(_mention("80.00"), scope=None),
    ],
)
def test_what_is_no_read_score_of_the_agency_enters_none(other: Mention) -> None:
    assert tidy([other]) == ()
    assert tidy([_mention("90.00"), other]) == tidy([_mention("90.00")])


def test_a_score_carries_what_its_first_mention_says() -> None:
    score = tidy([_mention("90.00"), _mention("90.00")])[0]

    assert (score.scope, score.instrument, score.indicator, score.agency, score.fiscal_year) == (
        Scope.INDICATOR,
        "IIT",
        "ind3",
        "เทศบาลตำบลหนองบัว",
        2568,
    )
    assert score.suggested_value is None


def test_what_waits_for_its_score_is_not_in_memory() -> None:
    book = Scorebook()

    def add(count: int) -> None:
        for number in range(count):
            book.add(None, [replace(_mention("90.00", str(number)), place_code=str(number))])

    add(10)
    tracemalloc.start()
    add(2000)
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 100_000, "50 bytes a document"
    assert sum(score.mentions for score in book.scores()) == 2010


def test_a_full_disk_is_said() -> None:
    book = Scorebook()
    book._notes.execute("PRAGMA max_page_count = 8")
    with pytest.raises(OutputError, match="Free some space in the folder for temporary files"):
        book.add(None, [_mention("90.00", str(number)) for number in range(1000)])


def test_names_that_no_file_can_hold_have_scores_too() -> None:
    odd = replace(_mention("90.00"), agency="\udcff")
    assert [score.agency for score in tidy([odd, odd])] == ["\udcff"]


def test_suggestions_meet_the_scores_that_they_are_for() -> None:
    book = Scorebook()
    suggested = Suggestion(PLAIN.agency, "7601", 2568, "ind3", Decimal("91.00"), "total: 90.00")
    first, second = (replace(_mention("90.00", doc_id), place_code=code) for doc_id, code in (("a", "7601"), ("b", "7602")))
    book.add(None, [second], [suggested])
    book.add(None, [first], [suggested, replace(suggested, fiscal_year=2567)])
    assert [(one.place_code, one.suggested_value, one.suggested_because) for one in book.scores()] == [
        ("7602", None, ""),
        ("7601", Decimal("91.00"), "total: 90.00"),
    ]
