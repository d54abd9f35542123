"""Who delivered what the uitvraag of a period asks, and what gemeenten beside a region's own count do: nothing."""

import pandas as pd
import pytest

from indicators.areas import AreaLevel
from indicators.periods import Period
from tests.support_landing import Landing, add_open_data, add_quarter, canonical, gemeenten, regions
from tests.support_models import rendered_models

BEFORE, AFTER = Period.parse("2024Q4"), Period.parse("2025Q1")
ASKED_BEFORE = {"PRE02", "OUD01", "OUD08", "GGZ03", "DIG01"}
ASKED_AFTER = ASKED_BEFORE | {"PRE03", "DIG03"}


@pytest.fixture(scope="module")
def marts() -> dict[str, pd.DataFrame]:
    """One region delivers everything in both quarters, another only what is optional and DIG01, also per gemeente."""
    landing = Landing()
    add_open_data(landing, "population", 2024)
    for period in (BEFORE, AFTER):
        add_quarter(landing, "ZK08", period)
    of_region = [(AFTER.key, "ZK10", "DIG01.teller", 0, 300.0, 0), (AFTER.key, "ZK10", "DIG01.noemer", 0, 1000.0, 0)]
    extra = [
        (AFTER.key, gemeenten("ZK10")[0], measure, 0, amount, 0)
        for measure, amount in (
            ("DIG01.teller", 90.0), ("DIG01.noemer", 100.0), ("OUD10.teller", 50.0), ("OUD10.noemer", 200.0)
        )
    ]  # fmt: skip
    landing.add("ZK10", AFTER, ["DIG01", "OUD10"], canonical([*of_region, *extra]))
    connection = rendered_models().run(landing.frames())
    found = {name: connection.table(f"mart.{name}").df() for name in ("delivery_status", "indicator_value")}
    connection.close()
    return found


@pytest.mark.parametrize(("period", "asked"), [(BEFORE, ASKED_BEFORE), (AFTER, ASKED_AFTER)])
def test_every_region_is_asked_what_the_uitvraag_of_that_period_asks(
    marts: dict[str, pd.DataFrame], period: Period, asked: set[str]
) -> None:
    status = marts["delivery_status"].query("period_code == @period.code and dataset_code != 'OUD10'")
    assert set(zip(status["region_code"], status["dataset_code"], strict=True)) == {
        (region, code) for region in regions() for code in asked
    }
    assert set(status[status["is_delivered"]]["region_code"]) == {"ZK08"} | ({"ZK10"} if period is AFTER else set())


def test_what_is_optional_is_seen_where_it_was_delivered_and_missed_nowhere(marts: dict[str, pd.DataFrame]) -> None:
    status = marts["delivery_status"].query("dataset_code == 'OUD10'")
    assert status["is_delivered"].all()
    assert sorted(zip(status["region_code"], status["period_code"], strict=True)) == [
        ("ZK08", "2025Q1"),
        ("ZK10", "2025Q1"),
    ]


def test_what_came_with_the_new_uitvraag_has_figures_from_then_on(marts: dict[str, pd.DataFrame]) -> None:
    added = marts["indicator_value"].query("indicator_code in ('PRE03', 'DIG03', 'OUD10')")
    assert set(added["indicator_code"]) == {"PRE03", "DIG03", "OUD10"}
    assert set(added["period_code"]) == {"2025Q1"}


def test_what_is_optional_leaves_the_country_incomplete(marts: dict[str, pd.DataFrame]) -> None:
    found = marts["indicator_value"].query("indicator_code == 'OUD10' and view_code == 'own'")
    (region,) = found.query("area_code == 'ZK08'").to_dict("records")
    (country,) = found.query("area_code == 'NL'").to_dict("records")
    assert region["value"] == pytest.approx(100 * region["numerator"] / region["denominator"])
    assert (region["interval_method"], country["is_incomplete"]) == ("none", True)
    assert found["comparison_code"].isna().all()


def test_a_gemeente_beside_the_regions_own_count_changes_no_figure(marts: dict[str, pd.DataFrame]) -> None:
    own = marts["indicator_value"].query("indicator_code == 'DIG01' and period_code == '2025Q1' and view_code == 'own'")
    assert AreaLevel.GEMEENTE not in set(own["level_code"])
    (region,) = own.query("area_code == 'ZK10'").to_dict("records")
    assert (region["numerator"], region["denominator"], region["value"]) == (300, 1000, pytest.approx(30))
    assert not region["is_incomplete"]
