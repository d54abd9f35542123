"""What was delivered for areas that ended, carried to the reporting indeling on counts: the real herindelingen."""

from collections.abc import Sequence

from indicators.areas import area_code
from indicators.periods import Period
from tests.support_landing import Landing, canonical
from tests.support_models import rendered_models

WEESP, AMSTERDAM, HAAREN = "GM0457", "GM0363", "GM0788"


def _figures(
    *batches: tuple[str, str, str, Sequence[tuple[str, float]]],
) -> dict[tuple[str, int], tuple[float, bool]]:
    """Amount and conversion mark by area and period, of (period, region, dataset, counts)."""
    landing = Landing()
    for code, region, dataset, counts in batches:
        period = Period.parse(code)
        rows = [
            (period.key, area, f"{dataset}.{part}", 0, amount * factor, 0)
            for area, amount in counts
            for part, factor in (("teller", 1), ("noemer", 10))
        ]
        landing.add(region, period, [dataset], canonical(rows))
    with rendered_models().run(landing.frames(), until="core.basis") as connection:
        found = connection.execute(
            "SELECT basis.period_key, basis.area_key, basis.numerator, basis.is_converted "
            "FROM core.basis AS basis "
            "INNER JOIN reference.indicator AS indicator USING (version_key) "
            "WHERE NOT basis.numerator IS NULL AND indicator.version = 1 "
            "AND indicator.indicator_code = ? AND basis.level_code IN ('gemeente', 'zorgkantoorregio', 'landelijk')",
            [batches[0][2]],
        ).fetchall()
    return {(area_code(area), period): (amount, mark) for period, area, amount, mark in found}


def test_haaren_goes_to_four_gemeenten_in_two_regions() -> None:
    found = _figures(("2020Q4", "ZK19", "PRE02", [(HAAREN, 1000.0), ("GM0757", 100.0)]))
    parts = {"GM0757": 255.0, "GM0824": 414.0, "GM0855": 100.0, "GM0865": 331.0}
    assert {area: found[area, 20204] for area in parts} == {area: (part, True) for area, part in parts.items()}
    assert found["ZK12", 20204] == (514.0, True)
    assert found["ZK19", 20204] == (586, True)
    assert found["NL", 20204] == (1100, False)
    assert (HAAREN, 20204) not in found


def test_weesp_counts_in_amsterdam_from_the_first_quarter_on() -> None:
    """Until 23-3-2022 't Gooi delivers Weesp; its counts are Amsterdam's, also of the quarter in which it ended."""
    found = _figures(
        ("2021Q4", "ZK21", "PRE02", [(WEESP, 40.0)]),
        ("2021Q4", "ZK02", "PRE02", [(AMSTERDAM, 900.0)]),
        ("2022Q1", "ZK21", "PRE02", [(WEESP, 30.0)]),
        ("2022Q1", "ZK02", "PRE02", [(AMSTERDAM, 910.0)]),
        ("2022Q2", "ZK02", "PRE02", [(AMSTERDAM, 950.0)]),
    )
    for period, amount in ((20214, 940.0), (20221, 940.0), (20222, 950.0)):
        assert found[AMSTERDAM, period] == found["ZK02", period] == found["NL", period] == (amount, False)
        assert ("ZK21", period) not in found


def test_two_regions_that_merged_are_one() -> None:
    found = _figures(
        ("2019Q4", "ZK05", "OUD08", [("ZK05", 60.0)]),
        ("2019Q4", "ZK15", "OUD08", [("ZK15", 40.0)]),
        ("2020Q1", "ZK33", "OUD08", [("ZK33", 110.0)]),
    )
    assert found["ZK33", 20194] == found["NL", 20194] == (100.0, False)
    assert found["ZK33", 20201] == (110.0, False)
    assert not {("ZK05", 20194), ("ZK15", 20194)} & set(found)


def test_one_of_two_regions_is_not_yet_the_merged_one() -> None:
    """A limit that the conversion has: what half of a region delivered is shown as the whole of its successor."""
    found = _figures(("2019Q4", "ZK05", "OUD08", [("ZK05", 60.0)]))
    assert found["ZK33", 20194] == (60.0, False)
