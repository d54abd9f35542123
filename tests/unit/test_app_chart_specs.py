"""Specifications draw what was given: gaps stay gaps, intervals stand beside ranks, targets only in their own unit."""

from typing import Any

import pytest

from app.chart_specs import SpreadData, comparison_class, interval_spec, spread_spec, trend_spec
from app.definition_panel import definition_html
from app.funnel_chart import funnel_spec, has_funnel
from app.records import Spread
from tests.support_figures import absent, country, figure, indicator


def values(spec: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = spec["data"]["values"]
    return found


def test_an_absent_period_has_no_value_in_the_trend() -> None:
    spec = trend_spec([figure(period_code="2026Q2"), absent("not_delivered")], indicator(), area_name="Arnhem")
    assert [row["value"] for row in values(spec)] == [13.1, None]
    assert values(spec)[1]["text"] == "niet aangeleverd"


def test_the_trend_has_a_band_and_the_country_as_another_line() -> None:
    spec = trend_spec([figure(), country()], indicator(), area_name="Arnhem")
    assert [row["series"] for row in values(spec)] == ["Arnhem", "Nederland"]
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["area", "line"]


def test_a_funnel_narrows_with_size_around_the_country() -> None:
    regions = [figure(area_name=name, denominator=size) for name, size in (("A", 2_000.0), ("B", 90_000.0))]
    assert has_funnel(regions, indicator(), country())
    spec = funnel_spec([*regions, absent("suppressed")], indicator(), country=country(value=12.0))
    assert [row["name"] for row in values(spec)] == ["A", "B"]
    limits = {(row["side"], row["size"]): row["limit"] for row in spec["layer"][1]["data"]["values"]}
    assert limits["boven 95", 2_000.0] == pytest.approx(13.424, abs=1e-3)
    assert limits["onder 95", 2_000.0] == pytest.approx(10.576, abs=1e-3)
    assert limits["boven 99,8", 2_000.0] > limits["boven 95", 2_000.0] > limits["boven 99,8", 90_000.0]


def test_a_funnel_needs_a_kind_with_one_a_country_and_regions_of_two_sizes() -> None:
    regions = [figure(denominator=size) for size in (2_000.0, 90_000.0)]
    assert not has_funnel(regions, indicator(), country(value=None))
    assert not has_funnel(regions, indicator(), None)
    assert not has_funnel(regions[:1] * 2, indicator(), country())
    assert not has_funnel(regions, indicator("KOS04"), country())


def test_a_break_interrupts_the_line_and_is_marked() -> None:
    figures = [figure(period_code="2026Q1"), figure(period_code="2026Q2", is_break=True), figure()]
    spec = trend_spec(figures, indicator(), area_name="Arnhem")
    assert [row["part"] for row in values(spec)] == [0, 1, 1]
    marked = [row for layer in spec["layer"] if "data" in layer for row in layer["data"]["values"]]
    assert {row["at"] for row in marked} == {"2026-04-01"}
    assert all(layer["encoding"]["detail"]["field"] == "part" for layer in spec["layer"][-2:])


def test_regions_keep_the_order_in_which_they_were_ranked() -> None:
    spec = interval_spec([figure(area_name="B"), figure(area_name="A")], indicator(), country=country(), target=14.0)
    assert spec["layer"][-1]["encoding"]["y"]["sort"] == ["B", "A"]
    names = [row["name"] for layer in spec["layer"] if "data" in layer for row in layer["data"]["values"]]
    assert set(names) == {"Nederland", "doelstelling"}


def test_regions_always_carry_their_intervals() -> None:
    spec = interval_spec([figure()], indicator(), country=None, target=None)
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["rule", "point"]
    assert (values(spec)[0]["lower"], values(spec)[0]["upper"]) == (12.44, 13.78)


def test_signs_differ_in_shape_and_not_in_colour_alone() -> None:
    regions = [figure(comparison_code=code) for code in ("similar", "higher", "clearly_lower", None)]
    shapes = interval_spec(regions, indicator(), country=None, target=None)["layer"][-1]["encoding"]["shape"]
    assert shapes["scale"]["domain"] == [comparison_class(item.comparison_code) for item in regions]
    assert shapes["scale"]["range"] == ["circle", "circle", "diamond", "square"]


def test_the_spread_leaves_out_gemeenten_without_a_value() -> None:
    data = SpreadData(
        figure(), [figure(area_name="X"), absent("suppressed")], Spread("PRE02", "2026Q3", 9, 12, 16, 1, 1)
    )
    spec = spread_spec(data, indicator(), country_value=12.0)
    assert [row["name"] for row in values(spec)] == ["X"]
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["rule", "bar", "tick", "tick", "point"]


def test_the_definition_shows_every_field() -> None:
    made = definition_html(indicator("PRE02"))
    for text in (
        "Teller",
        "Noemer",
        "Let op",
        "kandidaat, reconstructie",
        "per kwartaal, opgeteld over de laatste vier",
    ):
        assert text in made
