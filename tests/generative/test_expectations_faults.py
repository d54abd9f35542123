"""Hypothesis: planted faults are told at their place and nothing else complains; no bytes make the reader fall over."""

from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.columns import Column
from expectations.delivery import judge
from expectations.findings import Outcome, Severity
from expectations.judgement import FileToJudge
from expectations.numbers import Number, UnreadableCellError, read_count, read_value
from expectations.reading import read_delivery
from register.rows import canonical_hash
from tests.support_deliveries import FAULTS, FORMS, PERIOD, REGION, planted, sound_rows

ROWS = sound_rows()


class Plan(NamedTuple):
    """One file: its form, the number of the fault in it and the position of the row that has it."""

    form: str
    number: int
    position: int


@st.composite
def plans(draw: st.DrawFn) -> list[Plan]:
    """Files with one fault each."""
    numbers = draw(st.lists(st.integers(0, len(FAULTS) - 1), min_size=1, max_size=12))
    places = [
        [position for position, cells in enumerate(ROWS) if cells[Column.INDICATOR] in FAULTS[number].indicators]
        for number in numbers
    ]
    return [
        Plan(draw(st.sampled_from(sorted(FORMS))), number, draw(st.sampled_from(allowed)))
        for number, allowed in zip(numbers, places, strict=True)
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_a_planted_fault_is_told_at_its_place_and_nothing_else_complains(files: list[Plan]) -> None:
    contents = [FORMS[plan.form](planted(ROWS, plan.position, FAULTS[plan.number])) for plan in files]
    judgements = judge([FileToJudge(content, REGION, PERIOD) for content in contents])
    for plan, judgement in zip(files, judgements, strict=True):
        told = [item for item in judgement.findings if item.severity is not Severity.INFO]
        place = (plan.position + 2, FAULTS[plan.number].column, FAULTS[plan.number].rule)
        assert [(item.row, item.column, item.rule) for item in told] == [place]


def test_a_sound_delivery_gives_the_same_rows_in_every_form() -> None:
    judgements = judge([FileToJudge(write(ROWS), REGION, PERIOD) for write in FORMS.values()])
    assert {judgement.outcome for judgement in judgements} == {Outcome.ACCEPTED}
    assert len({canonical_hash(judgement.canonical) for judgement in judgements}) == 1


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet=';,\t"\r\n\x00é Indicator2025Q4GM0080', max_size=200)))
def test_no_content_makes_the_reader_fall_over(content: bytes | str) -> None:
    file = read_delivery(content if isinstance(content, bytes) else content.encode())
    assert file.cells.num_rows or file.findings


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**12), st.sampled_from(["", ".", " ", "'", "\u00a0"]))
def test_a_count_is_read_back_whatever_the_thousands_mark(count: int, mark: str) -> None:
    assert read_count(f"{count:,}".replace(",", mark)) == Number(float(count))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=12))
def test_a_text_is_read_or_refused_and_its_spelling_is_stable(text: str) -> None:
    for read in (read_count, read_value):
        try:
            number = read(text)
        except UnreadableCellError:
            continue
        assert read(number.spelling) == number
