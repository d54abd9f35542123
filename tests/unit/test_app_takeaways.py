"""The sentences beside charts state figures and demonstrable differences, and say why something is absent."""

from app.records import Spread
from app.takeaways import absence_sentence, regions_sentence, spread_sentence, trend_sentence, versions_sentence
from tests.support_figures import absent, country, figure, indicator

SPREAD = Spread("PRE02", "2026Q3", p10=9.14, median=12.9, p90=16.38, area_count=11, withheld_count=2)


def test_trend_gives_value_interval_country_and_a_year_earlier() -> None:
    told = trend_sentence([figure(period_code="2025Q3", value=12.6), figure()], indicator())
    assert told == (
        "3e kwartaal 2026: **13,1\u00a0%** (95%-interval 12,4\u00a0–\u00a013,8). "
        "Dat is hoger dan Nederland, dus gunstiger. Nederland staat op 12,0\u00a0%. Een jaar eerder: 12,6\u00a0%."
    )


def test_trend_without_a_last_value_gives_the_reason_and_the_last_known() -> None:
    told = trend_sentence([figure(period_code="2026Q2"), absent("not_delivered")], indicator())
    assert "geen cijfer (niet aangeleverd)" in told
    assert "Het laatste cijfer is van 2e kwartaal 2026: 13,1\u00a0%" in told


def test_trend_does_not_compare_across_a_break() -> None:
    figures = [figure(period_code="2025Q3", value=12.6), figure(period_code="2026Q1", is_break=True), figure()]
    told = trend_sentence(figures, indicator())
    assert "12,6" not in told
    assert told.endswith("Een jaar eerder gold een andere definitie; de twee zijn niet te vergelijken.")


def test_a_series_tells_under_which_versions_it_was_computed() -> None:
    first = indicator()
    second = first.model_copy(update={"version": 2, "reason": "Breder geteld."})
    changed = figure(indicator_version=2)
    assert versions_sentence([figure()], [first]) == ""
    assert versions_sentence([changed], [first, second]) == "Alle perioden zijn berekend met versie 2 van de definitie."
    assert versions_sentence([figure(period_code="2026Q2"), changed], [first, second]) == (
        "Berekend vanaf 2e kwartaal 2026 met versie 1, vanaf 3e kwartaal 2026 met versie 2 van de definitie. "
        "Waarom: Breder geteld."
    )


def test_trend_without_any_value_says_so() -> None:
    assert "Er is ook geen eerder cijfer." in trend_sentence([absent("no_full_year")], indicator())


def test_trend_without_interval_does_not_compare() -> None:
    plain = figure(indicator_code="KOS04", lower_95=None, upper_95=None, comparison_code=None)
    told = trend_sentence([plain], indicator("KOS04"))
    assert "(geen interval)" in told
    assert "niet vergeleken" in told


def test_spread_counts_gemeenten_and_what_is_withheld() -> None:
    told = spread_sentence(SPREAD, indicator())
    assert told.startswith("11 gemeenten met een cijfer: de middelste heeft 12,9\u00a0%")
    assert "tussen 9,1\u00a0% en 16,4\u00a0%" in told
    assert told.endswith("Van 2 gemeenten is geen cijfer te tonen.")


def test_spread_without_values_gives_no_numbers() -> None:
    empty = Spread("PRE02", "2026Q3", None, None, None, area_count=0, withheld_count=9)
    assert "te weinig gemeenten" in spread_sentence(empty, indicator())


def test_regions_are_counted_by_demonstrable_difference() -> None:
    regions = [
        figure(),
        figure(comparison_code="clearly_higher"),
        figure(comparison_code="lower"),
        figure(comparison_code="similar"),
        absent("suppressed"),
    ]
    assert regions_sentence([country(), *regions], indicator()) == (
        "Nederland staat op **12,0\u00a0%**. 2 regio's liggen aantoonbaar hoger, 1 regio aantoonbaar lager "
        "en 1 regio niet aantoonbaar anders. Zonder cijfer: 1 regio afgeschermd."
    )


def test_regions_without_interval_are_not_said_to_differ() -> None:
    told = regions_sentence([country(), figure(lower_95=None, upper_95=None, comparison_code=None)], indicator())
    assert "is niet te zeggen" in told


def test_absence_names_area_and_reason() -> None:
    assert absence_sentence(absent("few_events")).startswith("Arnhem: te weinig gebeurtenissen. Bij minder dan 10")
