"""What we rely on in XlsxWriter: text stays text, checks and comments arrive, equal input gives equal bytes."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from tests.support_workbooks import comments, formula, has_formula, sheets_of, validations

LONGEST_TEXT = 32_767


def made(fill: Callable[[Any], object], **options: bool) -> bytes:
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, options)
    workbook.set_properties({"created": datetime(2025, 1, 1)})  # noqa: DTZ001 - a fixed date
    fill(workbook.add_worksheet("Levering"))
    workbook.close()
    return target.getvalue()


@pytest.mark.parametrize("text", ["=1+1", "{=1+1}", "https://example.org", "0012", "<10", "mailto:a@b.nl"])
@pytest.mark.parametrize("is_constant", [True, False])
def test_a_written_string_is_that_string(text: str, is_constant: bool) -> None:
    content = made(lambda sheet: sheet.write_string(0, 0, text), constant_memory=is_constant)
    assert sheets_of(content)["Levering"] == [[text]]
    assert not has_formula(content)


def test_a_comment_reaches_the_file_when_rows_are_not_kept() -> None:
    def fill(sheet: Any) -> None:
        sheet.write_string(0, 0, "nu")
        sheet.write_comment(0, 0, "Wat er mis is.", {"author": "dienst"})
        sheet.write_string(1, 0, "later")

    assert comments(made(fill, constant_memory=True)) == {"A1": "Wat er mis is."}


def test_a_custom_check_and_a_list_reach_the_file() -> None:
    def fill(sheet: Any) -> None:
        sheet.data_validation(1, 0, 3, 0, {"validate": "custom", "value": "=A2>0", "error_title": "Nee"})
        sheet.data_validation(1, 1, 3, 1, {"validate": "list", "source": ["M", "V"]})

    found = validations(made(fill))
    assert formula(found["A2:A4"]) == "A2>0"
    assert formula(found["B2:B4"]) == '"M,V"'


def test_a_hint_that_is_too_long_is_left_out_with_a_warning_so_that_we_cut_it() -> None:
    with pytest.warns(UserWarning, match="255"):
        made(lambda sheet: sheet.data_validation(0, 0, 0, 0, {"validate": "any", "input_message": "a" * 256}))


def test_a_text_that_is_too_long_is_cut_and_control_characters_are_escaped() -> None:
    content = made(lambda sheet: (sheet.write_string(0, 0, "a" * 40_000), sheet.write_string(0, 1, "\x00\x08b")))
    ((long, strange),) = sheets_of(content)["Levering"]
    assert len(str(long)) == LONGEST_TEXT
    assert "b" in str(strange)


@pytest.mark.parametrize("is_constant", [True, False])
def test_a_fixed_date_makes_equal_bytes(is_constant: bool) -> None:
    def fill(sheet: Any) -> None:
        sheet.write_string(0, 0, "a")

    assert made(fill, constant_memory=is_constant) == made(fill, constant_memory=is_constant)
