"""How a delivery stands, in signs, words, tables and one chart; lateness and scores as a reader expects them."""

from datetime import date

import pytest

from app.delivery_charts import quarter_scores, score_chart
from app.delivery_matrix import delivery_matrix_html, region_table
from app.delivery_words import (
    SIGNS,
    cell_html,
    lateness_text,
    percentage_text,
    standing_html,
    state_html,
    states_legend,
)
from app.reminder_table import reminder_table, reminder_words
from register.delivery_status import DeliveryCell, DeliveryState
from register.events import ReminderKind
from register.reports import Reminder
from tests.support_ledger import NEW_YEAR

DUE = date(2026, 2, 14)
NAMES = {"ZK08": "Friesland", "ZK10": "Haaglanden", "ZK04": "'t Gooi <b>"}


def cell(state: DeliveryState = DeliveryState.ACCEPTED, **changes: object) -> DeliveryCell:
    """A complete delivery of Friesland, three days early."""
    known: dict[str, object] = {
        "region": "ZK08", "period": "2025Q4", "state": state, "due_date": DUE,
        "first_received_on": date(2026, 2, 10), "accepted_on": date(2026, 2, 11), "days_late": -3, "attempts": 2,
        "submissions": (4, 9), "missing_datasets": (), "completeness_pct": 100.0, "quality_score_pct": 99.6,
        "is_declared": False,
    }  # fmt: skip
    return DeliveryCell.model_validate(known | changes)


@pytest.mark.parametrize("state", DeliveryState)
def test_every_state_has_its_own_sign_a_word_and_a_sentence(state: DeliveryState) -> None:
    assert len(set(SIGNS.values())) == len(DeliveryState)
    assert SIGNS[state] in state_html(state)
    assert state.words in state_html(state)
    assert state.words in states_legend()
    assert "14 februari 2026" in standing_html(cell(state))


@pytest.mark.parametrize(
    ("days_late", "accepted_on", "words"),
    [
        (None, None, ""), (-3, DUE, "op tijd"), (0, DUE, "op tijd"), (1, DUE, "1 dag te laat"),
        (12, DUE, "12 dagen te laat"), (12, None, "al 12 dagen te laat"),
    ],
)  # fmt: skip
def test_lateness(days_late: int | None, accepted_on: date | None, words: str) -> None:
    assert lateness_text(cell(days_late=days_late, accepted_on=accepted_on)) == words


@pytest.mark.parametrize(
    ("share", "words"), [(None, "onbekend"), (100.0, "100\u00a0%"), (99.6, "99\u00a0%"), (0.4, "0\u00a0%")]
)
def test_only_everything_is_a_hundred_percent(share: float | None, words: str) -> None:
    assert percentage_text(share) == words


def test_the_standing_ends_with_one_full_stop() -> None:
    waiting = cell(DeliveryState.EXPECTED, days_late=None, accepted_on=None, attempts=0)
    assert standing_html(waiting).endswith("Uiterste datum: 14 februari 2026.</p>")
    assert standing_html(cell()).endswith("Uiterste datum: 14 februari 2026. Op tijd.</p>")
    assert "niets gevraagd" in standing_html(None)
    nothing = cell(DeliveryState.OVERDUE, attempts=0)
    assert "Nog niet aangeleverd" in standing_html(nothing)
    assert "Nog niet alles" in standing_html(cell(DeliveryState.OVERDUE))


def test_a_cell_names_what_is_missing() -> None:
    shown = cell_html(cell(DeliveryState.RECEIVED, missing_datasets=("OUD08",)))
    assert "Ontbreekt nog" in shown
    assert "Wlz-wachtlijst" in shown
    assert "Ontbreekt nog" not in cell_html(cell())


def test_the_matrix_has_regions_by_name_and_quarters_newest_first() -> None:
    cells = [
        cell(), cell(DeliveryState.OVERDUE, period="2026Q1", quality_score_pct=None),
        cell(region="ZK10"), cell(region="ZK04"),
    ]  # fmt: skip
    shown = delivery_matrix_html(cells, NAMES, address=lambda region, period: f"leveringen?{region}&{period}")
    assert shown.index("Friesland") < shown.index("Gooi") < shown.index("Haaglanden")
    assert shown.index("1e kwartaal 2026") < shown.index("4e kwartaal 2025")
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
    assert 'href="leveringen?ZK10&amp;2025Q4"' in shown
    assert shown.count("bestond niet") == 2
    assert "kwaliteit 99" in shown


def test_a_region_over_time_is_newest_first() -> None:
    table = region_table([cell(), cell(period="2026Q1")], caption="Friesland per kwartaal")
    assert [row[0] for row in table.rows] == ["1e kwartaal 2026", "4e kwartaal 2025"]


def test_scores_count_regions_in_time_and_leave_out_what_is_not_due() -> None:
    cells = [
        cell(), cell(region="ZK10", days_late=2, accepted_on=date(2026, 2, 16), quality_score_pct=50.4),
        cell(DeliveryState.OVERDUE, region="ZK04", accepted_on=None, quality_score_pct=None),
        cell(DeliveryState.NOT_DUE, period="2026Q1", accepted_on=None, quality_score_pct=None),
    ]  # fmt: skip
    (score,) = quarter_scores(cells)
    assert (score.period_code, score.in_time_count, score.region_count) == ("2025Q4", 1, 3)
    assert score.quality_pct == pytest.approx(75.0)
    chart = score_chart([score])
    assert "alles op tijd bij 1 van de 3 regio's" in chart.description
    assert chart.table.rows == [("4e kwartaal 2025", "1 van 3", "75\u00a0%")]
    values = {row["series"]: row["value"] for row in chart.spec["data"]["values"]}
    assert values == {"op tijd": pytest.approx(100 / 3), "kwaliteit": pytest.approx(75.0)}


def test_reminders_say_what_was_told() -> None:
    soon = Reminder("ZK08", "2025Q4", ReminderKind.DUE_SOON, 14, DUE, NEW_YEAR)
    overdue = Reminder("ZK10", "2025Q4", ReminderKind.OVERDUE, None, DUE, NEW_YEAR)
    assert reminder_words(soon) == "herinnerd, hoogstens 14 dagen ervoor"
    assert reminder_words(overdue) == "te laat gemeld"
    table = reminder_table([overdue, soon], NAMES)
    assert [row[0] for row in table.rows] == ["Haaglanden", "Friesland"]
    assert "de laatste 100 van 150" in reminder_table([soon] * 150, NAMES).caption
