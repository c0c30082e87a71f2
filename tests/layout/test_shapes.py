import pytest

from prongsai.layout.shapes import is_leader, is_list_start, is_number, is_page_number, is_value, starts_with_code


@pytest.mark.parametrize("text", ["๙๗.๘๖", "100", "-๐.๔๙", "+๗.๑๒", "1,376", "(95.00)", "87.25%", "\ufffd", "๙๘.\ufffd", "− 1.13"])
def test_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "-", "i๑", "๑๐๐ คะแนน", "ผ่าน", "๒-3", "พ.ศ.๒๕๖๘"])
def test_not_numbers(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize("text", ["- ๓ -", "12", "๓/๑๐", "(๔)", "\ufffd"])
def test_page_numbers(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["97.25", "12345", "หน้า ๔", "+5"])
def test_not_page_numbers(text: str) -> None:
    assert not is_page_number(text)


@pytest.mark.parametrize("text", ["๑. ผล", "1.การ", "(๑) ข้อ", "3) ข้อ", "๓.๑ จุดแข็ง", "- ตัว", "• ข้อ", "4.1 การ"])
def test_list_starts(text: str) -> None:
    assert is_list_start(text)


@pytest.mark.parametrize("text", ["97.25 คะแนน", "๙๙.๘๘ เป็น", "๒๕๖๘ ที่", "-๐.๔๙ คะแนน", "การ"])
def test_a_score_that_wrapped_starts_no_list(text: str) -> None:
    assert not is_list_start(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("๑๐๐", True), ("9.5", False), ("97.32", True), ("-1", True), ("12", False), ("\ufffd", True)]
)
def test_values(text: str, expected: bool) -> None:
    assert is_value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("i๑ การ", True), ("i ๔ หน่วย", True), ("๐๑๐", True), ("2. ก", True), ("หน่วย", False), ("2567", False)]
)
def test_codes_at_the_head_of_a_row(text: str, expected: bool) -> None:
    assert starts_with_code(text) is expected


def test_leaders() -> None:
    assert is_leader("........")
    assert is_leader("……………")
    assert not is_leader("..")
    assert not is_leader("3.14")
