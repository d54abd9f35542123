"""Areas: forms of codes, days of existence, memberships and herindelingen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from indicators.areas import AreaLevel, area_key, area_register, conversions, level_of
from indicators.errors import UnknownCodeError
from indicators.reference_tables import reference_rows


@pytest.mark.parametrize(
    ("code", "level", "key"),
    [
        ("NL", AreaLevel.COUNTRY, 1_000_000),
        ("ZK08", AreaLevel.REGION, 2_000_008),
        ("GM0080", AreaLevel.GEMEENTE, 3_000_080),
        ("WK008001", AreaLevel.WIJK, 4_008_001),
    ],
)
def test_code_shows_level_and_key(code: str, level: AreaLevel, key: int) -> None:
    assert level_of(code) is level
    assert area_key(code) == key


@pytest.mark.parametrize("code", ["", "ZK8", "gm0080", "GM 0080", "GM00800", "ZK08\n", "GM٠٠٨٠", "ZK08; drop table"])
def test_other_text_is_no_area_code(code: str) -> None:
    with pytest.raises(UnknownCodeError, match="gebiedscode"):
        area_key(code)


def test_unknown_code_is_named() -> None:
    with pytest.raises(UnknownCodeError, match="GM9999"):
        area_register().area("GM9999")


@pytest.mark.parametrize(
    ("day", "regions", "gemeenten"),
    [
        (date(2019, 12, 31), 32, 355),
        (date(2020, 1, 1), 31, 355),
        (date(2021, 1, 1), 31, 352),
        (date(2022, 1, 1), 31, 345),
        (date(2022, 3, 24), 31, 344),
        (date(2023, 1, 1), 31, 342),
    ],
)
def test_number_of_areas_by_day(day: date, regions: int, gemeenten: int) -> None:
    register = area_register()
    assert len(register.existing(AreaLevel.REGION, day)) == regions
    assert len(register.existing(AreaLevel.GEMEENTE, day)) == gemeenten
    assert sum(len(register.gemeenten_of(r.code, day)) for r in register.existing(AreaLevel.REGION, day)) == gemeenten


def test_regions_merge_in_2020() -> None:
    register = area_register()
    assert register.region_of("GM0503", date(2019, 12, 31)) == "ZK05"
    assert register.region_of("GM0556", date(2019, 12, 31)) == "ZK15"
    assert register.region_of("GM0503", date(2020, 1, 1)) == register.region_of("GM0556", date(2020, 1, 1)) == "ZK33"
    assert [area.code for area in register.successors("ZK15")] == ["ZK33"]
    assert register.region_of("ZK15", date(2020, 1, 1)) is None
    assert register.region_of("NL", date(2020, 1, 1)) is None


def test_weesp_ends_mid_quarter() -> None:
    register = area_register()
    assert register.region_of("GM0457", date(2022, 3, 23)) == "ZK21"
    assert register.region_of("GM0457", date(2022, 3, 24)) is None
    assert register.region_of("GM0363", date(2022, 3, 24)) == "ZK02"


def test_haaren_is_split_over_two_regions() -> None:
    register = area_register()
    successors = register.successors("GM0788")
    assert [area.name for area in successors] == ["Boxtel", "Oisterwijk", "Tilburg", "Vught"]
    to_midden_brabant = sum(
        part.share
        for part in conversions()
        if part.from_code == "GM0788" and register.region_of(part.to_code, date(2021, 1, 1)) == "ZK12"
    )
    assert to_midden_brabant == pytest.approx(0.514)
    assert all("schatting" in part.source for part in conversions() if part.from_code == "GM0788")


def test_every_ended_gemeente_is_converted_exactly_once() -> None:
    shares: dict[str, Decimal] = {}
    for row in reference_rows("conversion"):
        shares[row["from_code"]] = shares.get(row["from_code"], Decimal()) + Decimal(row["share"])
    ended = {code for code, area in area_register().areas.items() if code.startswith("GM") and area.valid_until}
    assert set(shares) == ended
    assert set(shares.values()) == {Decimal(1)}


def test_successor_starts_no_later_than_the_day_after() -> None:
    register = area_register()
    for area in register.areas.values():
        for successor in register.successors(area.code):
            assert area.valid_until is not None
            assert successor.exists_on(area.valid_until + timedelta(days=1)), (area.code, successor.code)


def test_memberships_name_known_areas_within_their_days() -> None:
    register = area_register()
    for row in reference_rows("membership"):
        for day in (date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_until"] or "9999-12-31")):
            assert register.area(row["gemeente_code"]).exists_on(day)
            assert register.area(row["region_code"]).exists_on(day)
