"""What a delivery is held beside: earlier quarters, the parts of a total, the population, the calendar."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import pytest

from expectations.canonical import canonical_frame
from expectations.columns import Column
from expectations.delivery import judge
from expectations.findings import Finding, Outcome, Severity
from expectations.judgement import FileToJudge, Judgement, Known
from expectations.rules import Rule
from indicators.areas import area_key, area_register
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.strata import TOTAL_STRATUM, Stratum
from indicators.uitvraag import uitvraag_for
from tests.support_deliveries import PERIOD, REGION, Row, as_file, row

GEMEENTEN = [area.code for area in area_register().gemeenten_of(REGION, PERIOD.end)]
PRE02_BOUND = 50
assert uitvraag_for(PERIOD).asked("PRE02").maximum_change_pct == PRE02_BOUND  # type: ignore[union-attr]


def history_row(
    measure: str, area: str, period: Period, amount: float, stratum: Stratum = TOTAL_STRATUM
) -> list[object]:
    key = catalogue().measures[measure].key
    return [1, period.key, area_key(area), key, stratum.key, amount, 0, False]


def frame_of(rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    names = [
        "source_row",
        "period_key",
        "area_key",
        "measure_key",
        "stratum_key",
        "amount",
        "sign_code",
        "is_provisional",
    ]
    return canonical_frame(pd.DataFrame(rows, columns=names))


def judged(
    *rows: Row,
    history: Sequence[Sequence[object]] = (),
    population: Sequence[Sequence[object]] = (),
    received_on: date | None = None,
) -> Judgement:
    known = Known(frame_of(history), frame_of(population))
    (judgement,) = judge([FileToJudge(as_file(rows).content, REGION, PERIOD, received_on, known)])
    return judgement


def told(judgement: Judgement, rule: Rule) -> list[Finding]:
    return [finding for finding in judgement.findings if finding.rule == rule]


def counted(numerator: int, denominator: int = 2400, indicator: str = "PRE02", area: str = "GM0080") -> Row:
    return row(indicator, area) | {
        Column.NUMERATOR: str(numerator), Column.DENOMINATOR: str(denominator), Column.VALUE: "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "year_ago", "is_questioned"),
    [
        (312, None, False),
        (209, None, False),
        (207, None, True),
        (620, None, False),
        (630, None, True),
        (207, 300, False),
        (300, 207, False),
        (207, 207, True),
        (None, 207, False),
    ],
)
def test_a_change_beyond_the_bound_is_questioned(before: int | None, year_ago: int | None, is_questioned: bool) -> None:
    """312 is more than 50 % above 207; where both quarters are known it must differ from both."""
    amounts = {-1: before, -4: year_ago}
    history = [
        history_row("PRE02.teller", "GM0080", PERIOD.shifted(steps), amount)
        for steps, amount in amounts.items()
        if amount is not None
    ]
    judgement = judged(counted(312), history=history)
    assert [(item.row, item.column) for item in told(judgement, Rule.CHANGE_LARGE)] == (
        [(2, Column.NUMERATOR)] if is_questioned else []
    )
    assert judgement.asks_reason == is_questioned


def test_the_question_names_counts_bound_and_remedy() -> None:
    history = [history_row("PRE02.noemer", "GM0080", PERIOD.shifted(steps), 240) for steps in (-1, -4)]
    (finding,) = told(judged(counted(31, 2400), history=history), Rule.CHANGE_LARGE)
    assert (finding.column, finding.severity) == (Column.DENOMINATOR, Severity.WARNING)
    for word in ("2400", "240", "50 %", "2024Q3", "GM0080", "Leeuwarden", "een jaar eerder"):
        assert word in finding.message
    assert "reden" in finding.remedy


def test_a_small_count_may_double_by_chance() -> None:
    """12 after 5 is more than 50 %, and less than four standard deviations of a difference of counts."""
    history = [history_row("PRE02.teller", "GM0080", PERIOD.shifted(-1), 5)]
    assert told(judged(counted(12), history=history), Rule.CHANGE_LARGE) == []


def test_a_count_of_another_area_stratum_or_measure_is_no_history() -> None:
    before = PERIOD.shifted(-1)
    history = [
        history_row("PRE02.teller", "GM0059", before, 1),
        history_row("PRE02.teller", "GM0080", before, 1, Stratum.parse("65-69", "M")),
        history_row("DIG01.teller", "GM0080", before, 1),
        history_row("PRE02.teller", "GM0080", PERIOD.shifted(-2), 1),
    ]
    assert told(judged(counted(312), history=history), Rule.CHANGE_LARGE) == []


def wandering(indicator: str, area: str, values: Sequence[float], denominator: int = 2400) -> list[list[object]]:
    """Quarters before the delivered one, the last value in the last quarter."""
    quarters = [PERIOD.shifted(n - len(values)) for n in range(len(values))]
    return [
        history_row(f"{indicator}.{part}", area, quarter, amount)
        for quarter, value in zip(quarters, values, strict=True)
        for part, amount in (("teller", value * denominator / 100), ("noemer", denominator))
    ]


@pytest.mark.parametrize(("value", "is_questioned"), [(12.9, False), (14.0, False), (15.0, True), (9.0, True)])
def test_a_region_that_steps_further_than_it_used_to_is_questioned(value: float, is_questioned: bool) -> None:
    """Twelve quarters of 12 and 12.5 in turn: steps of 0.5, so that the next may be 3.267 x 0.5 from the last, 12.5."""
    history = wandering("GGZ03", REGION, [12.0, 12.5] * 6)
    numerator = round(value * 24)
    judgement = judged(counted(numerator, 2400, "GGZ03", REGION), history=history)
    found = told(judgement, Rule.TREND_OUTLIER)
    assert bool(found) == is_questioned
    assert judgement.asks_reason == is_questioned
    for finding in found:
        assert "tussen 10,87 en 14,13" in finding.message


def test_gemeenten_are_judged_together_for_their_region() -> None:
    history = [line for code in ("GM0080", "GM0059") for line in wandering("PRE02", code, [12.0, 12.5] * 6)]
    together = judged(counted(300), counted(300, area="GM0059"), history=history)
    assert told(together, Rule.TREND_OUTLIER) == []
    assert len(told(judged(counted(390), counted(390, area="GM0059"), history=history), Rule.TREND_OUTLIER)) == 1


def test_a_trend_that_goes_on_is_not_questioned() -> None:
    """Half a point more every quarter leads far from the mean, and never steps further than usual."""
    history = wandering("GGZ03", REGION, [10.0 + 0.5 * n for n in range(12)])
    assert told(judged(counted(384, 2400, "GGZ03", REGION), history=history), Rule.TREND_OUTLIER) == []


def test_without_the_quarter_before_there_is_nothing_to_step_from() -> None:
    history = [line for line in wandering("GGZ03", REGION, [12.0, 12.5] * 6) if line[1] != PERIOD.shifted(-1).key]
    assert told(judged(counted(2000, 2400, "GGZ03", REGION), history=history), Rule.TREND_OUTLIER) == []


def test_seven_quarters_give_no_limits() -> None:
    history = wandering("GGZ03", REGION, [12.0, 12.5] * 3 + [12.0])
    assert told(judged(counted(2000, 2400, "GGZ03", REGION), history=history), Rule.TREND_OUTLIER) == []


def test_a_total_must_be_the_sum_of_its_gemeenten() -> None:
    parts = [counted(100, 1000, area=code) for code in GEMEENTEN]
    right = counted(100 * len(GEMEENTEN), 1000 * len(GEMEENTEN), area=REGION)
    assert told(judged(*parts, right), Rule.TOTAL_DIFFERS) == []
    wrong = right | {Column.NUMERATOR: str(100 * len(GEMEENTEN) + 1)}
    (finding,) = told(judged(*parts, wrong), Rule.TOTAL_DIFFERS)
    assert (finding.row, finding.column) == (len(parts) + 2, Column.NUMERATOR)
    assert str(100 * len(GEMEENTEN)) in finding.message


def test_a_total_may_hold_gemeenten_that_are_not_in_the_file() -> None:
    parts = [counted(100, 1000, area=code) for code in GEMEENTEN[:3]]
    assert told(judged(*parts, counted(5000, 60000, area=REGION)), Rule.TOTAL_DIFFERS) == []
    assert told(judged(*parts, counted(299, 60000, area=REGION)), Rule.TOTAL_DIFFERS)


def test_a_part_below_ten_is_one_to_nine() -> None:
    parts = [counted(100, 1000, area=code) for code in GEMEENTEN]
    parts[0] |= {Column.NUMERATOR: "<10"}
    rest = 100 * (len(GEMEENTEN) - 1)
    for extra, is_questioned in ((0, True), (1, False), (9, False), (10, True)):
        total = counted(rest + extra, 1000 * len(GEMEENTEN), area=REGION)
        assert bool(told(judged(*parts, total), Rule.TOTAL_DIFFERS)) == is_questioned, extra


@pytest.mark.parametrize(("denominator", "is_questioned"), [("1000", False), ("1040", False), ("1060", True)])
def test_a_denominator_that_is_not_asked_is_held_beside_the_population(denominator: str, is_questioned: bool) -> None:
    stratum = Stratum.parse("65-69", "M")
    population = [history_row("population.inwoners", "GM0080", Period.parse("2024"), 1000, stratum)]
    delivered = row("OUD01", "GM0080", "65-69", "M") | {Column.DENOMINATOR: denominator}
    judgement = judged(delivered, population=population)
    assert bool(told(judgement, Rule.DENOMINATOR_DIFFERS)) == is_questioned
    assert told(judgement, Rule.DENOMINATOR_NOT_ASKED)


def test_too_early_is_questioned_and_too_late_is_told() -> None:
    due = uitvraag_for(PERIOD).due_date(PERIOD)
    assert told(judged(counted(312), received_on=PERIOD.end), Rule.PERIOD_NOT_OVER)
    in_time = judged(counted(312), received_on=due)
    assert not told(in_time, Rule.PERIOD_NOT_OVER)
    assert not told(in_time, Rule.DELIVERY_LATE)
    late = judged(counted(312), received_on=due + timedelta(days=3))
    assert "3 dagen later" in told(late, Rule.DELIVERY_LATE)[0].message
    assert late.outcome is Outcome.ACCEPTED


def test_rows_that_were_not_filled_in_are_told_and_count_for_nothing() -> None:
    empty = row("PRE02", "GM0059") | {Column.NUMERATOR: "", Column.DENOMINATOR: "", Column.VALUE: ""}
    judgement = judged(counted(312), empty, empty)
    assert (judgement.outcome, judgement.rows_read) == (Outcome.ACCEPTED, 1)
    (finding,) = told(judgement, Rule.ROWS_NOT_FILLED)
    assert "2 (de eerste is rij 3)" in finding.message
    assert judgement.canonical["area_key"].unique().tolist() == [area_key("GM0080")]


def test_a_file_in_which_nothing_was_filled_in_is_rejected_once() -> None:
    empty = row("PRE02", "GM0059") | {Column.NUMERATOR: "", Column.DENOMINATOR: "", Column.VALUE: ""}
    judgement = judged(*[empty] * 5)
    assert [finding.rule for finding in judgement.findings] == [Rule.FILE_NOT_FILLED]


def test_how_much_of_what_is_asked_is_answered() -> None:
    sign = counted(0, 2400, area="GM0059") | {Column.NUMERATOR: "."}
    warned = counted(300, 2400, area="GM0074") | {Column.AREA_NAME: "Zomaar"}
    rows = judged(counted(312), sign, warned, counted(300, 2400, "GGZ03", REGION)).dataset_rows
    assert rows["PRE02"] == (len(GEMEENTEN), 2, 1)
    assert rows["GGZ03"] == (1, 1, 0)


def test_a_name_without_a_code_is_read_when_it_names_one_gemeente_of_the_region() -> None:
    spellings = ["Leeuwarden", "LEEUWARDEN", "leeuwarden "]
    judgement = judged(*(counted(312) | {Column.AREA_CODE: "", Column.AREA_NAME: name} for name in spellings[:1]))
    assert judgement.canonical["area_key"].unique().tolist() == [area_key("GM0080")]
    for name in spellings[1:]:
        (finding,) = told(
            judged(counted(312) | {Column.AREA_CODE: "", Column.AREA_NAME: name}), Rule.AREA_CODE_FROM_NAME
        )
        assert "GM0080" in finding.message


def test_a_name_of_another_region_names_nothing() -> None:
    assert told(judged(counted(312) | {Column.AREA_CODE: "", Column.AREA_NAME: "Amsterdam"}), Rule.AREA_NAME_UNKNOWN)


def test_an_indicator_of_a_later_uitvraag_is_not_asked_yet() -> None:
    (finding,) = told(judged(counted(312, indicator="PRE03")), Rule.INDICATOR_NOT_ASKED)
    assert PERIOD.code in finding.message
    assert "PRE02" in finding.message


def test_an_optional_dataset_is_never_missed() -> None:
    later = Period.parse("2025Q4")
    cells = counted(312, indicator="OUD10") | {Column.PERIOD: later.code}
    (judgement,) = judge([FileToJudge(as_file([cells]).content, REGION, later)])
    assert (judgement.outcome, told(judgement, Rule.AREAS_MISSING)) == (Outcome.ACCEPTED, [])
