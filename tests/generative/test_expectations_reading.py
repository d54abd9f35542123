"""Hypothesis: Arrow and the standard library read the same CSV alike; nothing makes the reader fall over."""

import io
import random
import zipfile
from unittest.mock import patch

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from expectations.columns import Column
from expectations.personal_data import MAYBE, PersonalData, echo, holds, mask_personal_data, personal_data
from expectations.reading import ReadFile, read_delivery, text_files
from tests.support_spreadsheets import HEADER, ods, sheet_of, workbook, xls

CELLS = st.text(alphabet=" ;,\t\"'ab1é€\u00a0\ufeff\u2028\x0b\x85\x1f", max_size=6)
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n"])


@st.composite
def csv_texts(draw: st.DrawFn) -> str:
    """Texts that look like a CSV, mostly regular: a header somewhere, cells of odd characters, odd line ends."""
    separator = draw(st.sampled_from(";,\t|"))
    header = draw(st.permutations([*Column][: draw(st.integers(4, len(Column)))]))
    width = len(header) + draw(st.integers(-1, 1)) * draw(st.booleans())
    alphabet = st.text(alphabet=" ab1é€\u00a0\ufeff\u2028\x0b\x85\x1f", max_size=4)
    cells = draw(st.sampled_from([CELLS, alphabet, st.just("")]))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=8))
    above: list[list[str]] = draw(st.lists(st.just([]), max_size=2))
    end = draw(LINE_ENDS)
    lines = [separator.join(fields) for fields in (*above, header, *rows)]
    return end.join(lines) + draw(st.sampled_from(["", end, "\n"]))


def _same(one: ReadFile, other: ReadFile) -> None:
    for name in one.cells.column_names:
        assert one.cells.column(name).to_pylist() == other.cells.column(name).to_pylist()
    assert one.cells.schema == other.cells.schema
    assert one.findings == other.findings
    assert one.normalisations == other.normalisations
    assert one.has_personal_data == other.has_personal_data
    assert one.unlisted == other.unlisted


@settings(max_examples=400, deadline=None)
@given(csv_texts(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
@example("Indicator;Periode;Gebiedscode;Teller", "utf-8")
@example("Indicator;Periode;Gebiedscode;Teller\n;;;\n;;;", "utf-8")
@example("\n\nIndicator;Periode;Gebiedscode;Teller\n\ufeff1;2;3;4\r\n", "utf-8-sig")
def test_arrow_and_the_standard_library_read_a_csv_alike(text: str, encoding: str) -> None:
    content = text.encode(encoding, errors="replace")
    with patch.object(text_files, "_add_regular", return_value=False):
        slowly = read_delivery(content)
    _same(read_delivery(content), slowly)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fall_over(content: bytes) -> None:
    file = read_delivery(content)
    assert file.cells.num_rows or file.findings


WORKBOOKS = (
    workbook(sheet_of(HEADER, ["PRE02", "2025Q4", "GM0080", "", "12", "13", "14", "", "geen"])),
    ods([HEADER, ["PRE02", "2025Q4", "GM0080", "", "12"]]),
    xls([HEADER, ["PRE02", "2025Q4", "GM0080", "", 12.0]]),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(WORKBOOKS),
    st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_a_workbook_with_other_bytes_is_read_or_refused(content: bytes, changes: list[tuple[int, int]]) -> None:
    mutated = bytearray(content)
    for place, byte in changes:
        mutated[place % len(mutated)] = byte
    file = read_delivery(bytes(mutated))
    assert file.cells.num_rows or file.findings


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_an_xlsx_with_other_xml_is_read_or_refused(seed: int, count: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    parts = {}
    with zipfile.ZipFile(io.BytesIO(WORKBOOKS[0])) as archive:
        for name in archive.namelist():
            parts[name] = _shaken(archive.read(name), chance, count if chance.random() < 0.4 else 0)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    file = read_delivery(target.getvalue())
    assert file.cells.num_rows or file.findings


def _shaken(content: bytes, chance: random.Random, count: int) -> bytes:
    """The XML with pieces of it repeated, dropped or swapped for others."""
    pieces = content.split(b"<")
    for _ in range(count):
        place, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        match chance.randrange(4):
            case 0:
                pieces[place] = pieces[other]
            case 1:
                del pieces[place]
            case 2:
                pieces.insert(place, pieces[other])
            case _:
                pieces[place] = pieces[place].replace(b"1", bytes([chance.choice(b"0259-A ")]))
        pieces = pieces or [b""]
    return b"<".join(pieces)


PERSONAL = st.text(alphabet="0123456789 .-/()+@abgemirtnj\u00a0", max_size=40)


@settings(max_examples=500, deadline=None)
@given(PERSONAL)
@example("geb.3-5-41")
@example("geboren 3 mei 1941")
@example("+31 (0)6 - 12 34 56 78")
def test_the_quick_look_misses_nothing(text: str) -> None:
    for kind in personal_data(text):
        assert holds(kind, text)
        assert pc.match_substring_regex(pa.array([text]), MAYBE[kind])[0].as_py()


@settings(max_examples=500, deadline=None)
@given(PERSONAL, st.integers(0, 4_000))
def test_what_is_repeated_holds_no_bsn(text: str, before: int) -> None:
    assert PersonalData.BSN not in personal_data(mask_personal_data(text))
    assert PersonalData.BSN not in personal_data(echo("x" * before + " 111222333 " + text))
    assert "111222333" not in echo("x" * before + " 111222333 " + text)
