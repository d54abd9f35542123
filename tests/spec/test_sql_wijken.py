"""Figures of wijken: only what was delivered for them, protected like a gemeente, and in no sum."""

from typing import Any

import pytest

from tests.support_models import NL, ToyLanding, mart, values, views

QUARTER = 20261
WIJK, OTHER = 4_100_101, 4_100_102
"""Two wijken of gemeente 1 of region 1, which is GM1001: the first four digits."""


def _landing(**fields: Any) -> tuple[ToyLanding, int]:
    landing = ToyLanding()
    settings = {"is_wijk_level": True, "multiplier": 100.0, **fields}
    return landing, landing.indicator("proportion", {"numerator": 1, "denominator": 2}, **settings)


def _deliver(landing: ToyLanding, area: int, numerator: float | None, denominator: float, *, sign: int = 0) -> None:
    landing.figure(QUARTER, area, 1, numerator, sign=sign)
    landing.figure(QUARTER, area, 2, denominator)


def _deliver_gemeenten(landing: ToyLanding) -> None:
    for index in (1, 2):
        _deliver(landing, landing.gemeente(index), 100, 400)


def test_a_wijk_has_the_figure_that_was_delivered_and_counts_in_no_sum() -> None:
    landing, version = _landing()
    _deliver_gemeenten(landing)
    _deliver(landing, WIJK, 80, 100)
    found = values(landing)
    wijk = found[version, WIJK, QUARTER]
    assert (wijk["numerator"], wijk["denominator"], wijk["coverage"], wijk["value"]) == (80, 100, 1, 80)
    assert (wijk["area_code"], wijk["level_code"], wijk["region_code"]) == ("WK100101", "wijk", "ZK01")
    assert (wijk["country_value"], wijk["comparison_code"]) == (25, "clearly_higher")
    assert found[version, landing.gemeente(1), QUARTER]["numerator"] == 100
    assert found[version, landing.region(), QUARTER]["numerator"] == found[version, NL, QUARTER]["numerator"] == 200
    assert (version, OTHER, QUARTER) not in found


def test_wijken_alone_make_no_gemeente() -> None:
    landing, version = _landing()
    _deliver(landing, WIJK, 80, 100)
    _deliver(landing, OTHER, 20, 100)
    found = values(landing)
    assert found[version, landing.gemeente(1), QUARTER]["reason_code"] == "not_delivered"
    assert found[version, landing.region(), QUARTER]["coverage"] == 0


def test_a_definition_without_wijken_has_none() -> None:
    landing, version = _landing(is_wijk_level=False)
    _deliver_gemeenten(landing)
    _deliver(landing, WIJK, 80, 100)
    assert (version, WIJK, QUARTER) not in values(landing)


def test_the_wijk_of_an_unknown_or_ended_gemeente_has_no_figure() -> None:
    landing, version = _landing()
    _deliver_gemeenten(landing)
    landing.extra_areas.append(
        {
            "area_key": 3_000_457,
            "area_code": "GM0457",
            "area_name": "Weesp",
            "level_code": "gemeente",
            "region_key": None,
            "region_code": None,
            "is_reporting": False,
        }
    )
    _deliver(landing, 4_045_701, 80, 100)
    assert (version, 4_045_701, QUARTER) not in values(landing)


@pytest.mark.parametrize(("sign", "reason"), [(1, "suppressed"), (2, "unknown"), (3, "unknown")])
def test_a_sign_stays_a_state(sign: int, reason: str) -> None:
    landing, version = _landing()
    _deliver_gemeenten(landing)
    _deliver(landing, WIJK, None, 100, sign=sign)
    assert values(landing)[version, WIJK, QUARTER]["reason_code"] == reason


def test_a_wijk_is_suppressed_and_rounded() -> None:
    landing, version = _landing()
    _deliver_gemeenten(landing)
    _deliver(landing, WIJK, 7, 103)
    _deliver(landing, OTHER, 12, 103)
    published = views(landing)["published"]
    assert published[version, WIJK, QUARTER]["reason_code"] == "suppressed"
    assert published[version, WIJK, QUARTER]["numerator"] is None
    assert (published[version, OTHER, QUARTER]["numerator"], published[version, OTHER, QUARTER]["denominator"]) == (
        10,
        105,
    )


def test_a_wijk_is_no_gemeente_in_the_spread() -> None:
    landing, _ = _landing()
    _deliver_gemeenten(landing)
    _deliver(landing, WIJK, 80, 100)
    (spread,) = [
        row for row in mart(landing, "spread") if row["region_key"] == landing.region() and row["view_code"] == "own"
    ]
    assert (spread["area_count"], spread["p90"]) == (2, 25)
