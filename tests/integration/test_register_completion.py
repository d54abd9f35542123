"""Declaring a period gereed: what is missing is counted and named, and a later withdrawal is seen."""

from pathlib import Path

import pytest

from expectations.columns import Column
from indicators.areas import area_register
from indicators.errors import UnknownCodeError
from indicators.periods import Period
from indicators.strata import AGE_BANDS
from indicators.uitvraag import uitvraag_for
from register.access import OPERATOR, Actor, Role
from register.completion import asked_count, completion, declare_complete
from register.decisions import withdraw
from register.errors import AccessDeniedError, ReasonNeededError
from register.home import Home
from register.intake import Confirmation
from register.ledger import Ledger
from register.submissions import SubmissionState
from tests.support_deliveries import PERIOD as SOUND_PERIOD
from tests.support_deliveries import as_file, sound_rows
from tests.support_deliveries import row as delivered_row
from tests.support_register import OFFICER, PERIOD, STRANGER, deliver, kinds, row, sound

ASKED = {a.code: asked_count(a, "ZK08", PERIOD) for a in uitvraag_for(PERIOD).asks if not a.is_optional}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


def test_what_is_asked_is_areas_times_strata_at_the_first_level() -> None:
    gemeenten = len(area_register().gemeenten_of("ZK08", PERIOD.end))
    assert (ASKED["PRE02"], ASKED["OUD01"], ASKED["OUD08"]) == (gemeenten, gemeenten * 12, 1)


def test_with_rows_missing_it_needs_a_reason_and_says_which(home: Home) -> None:
    deliver(home, sound(row("OUD08", 30), row("DIG01", 300)))
    with pytest.raises(ReasonNeededError) as caught:
        declare_complete(home, "ZK08", PERIOD, reason=None, actor=OFFICER)
    text = str(caught.value)
    rest = {code: count for code, count in ASKED.items() if code not in ("OUD08", "DIG01")}
    assert all(f"{code} {count}" in text for code, count in rest.items())
    assert f"{sum(rest.values())} rijen" in text
    first = area_register().gemeenten_of("ZK08", PERIOD.end)[0]
    assert f"PRE02 {first.code} ({first.name})" in text
    assert kinds(home) == ["received", "accepted"]


def test_with_a_reason_it_is_declared_with_what_is_missing(home: Home) -> None:
    deliver(home, sound(row("OUD08", 30), row("DIG01", 300)))
    found = declare_complete(home, "ZK08", PERIOD, reason="andere bron valt uit", actor=OFFICER)
    assert (found.holds, found.reason, found.declared_by) == (True, "andere bron valt uit", OFFICER.name)
    assert found.missing_then == found.missing_now
    assert found.missing_then["PRE02"] == ASKED["PRE02"]
    assert "OUD08" not in found.missing_then
    assert "ontbreekt nog" in found.message
    assert completion(home, "ZK08", PERIOD, actor=OFFICER) == found


def test_rows_that_are_there_are_not_missing(home: Home) -> None:
    """The sound file lacks only OUD01 of the gemeenten after the third."""
    file = as_file(sound_rows())
    deliver(home, file.content, period=file.period, confirmation=Confirmation("klopt"))
    lacking = {"OUD01": 12 * (len(area_register().gemeenten_of("ZK08", file.period.end)) - 3)}
    found = declare_complete(home, "ZK08", file.period, reason="nog niet geteld", actor=OFFICER)
    assert found.missing_then == lacking


def test_with_everything_there_no_reason_is_asked(home: Home) -> None:
    file = as_file([*sound_rows(), *_rest_of_oud01()])
    (receipt,) = deliver(home, file.content, period=file.period, confirmation=Confirmation("klopt"))
    assert receipt.state is SubmissionState.ACCEPTED
    found = declare_complete(home, "ZK08", file.period, reason=None, actor=OFFICER)
    assert (found.holds, found.reason, dict(found.missing_then)) == (True, None, {})
    assert "alles is er" in found.message


def _rest_of_oud01() -> list[dict[Column, str]]:
    gemeenten = area_register().gemeenten_of("ZK08", SOUND_PERIOD.end)[3:]
    bands = AGE_BANDS[AGE_BANDS.index("65-69") :]
    return [delivered_row("OUD01", area.code, band, sex) for area in gemeenten for sex in ("M", "V") for band in bands]


def test_a_sign_is_an_answer(home: Home) -> None:
    deliver(home, sound(row("OUD08", "."), row("DIG01", "<10")))
    found = declare_complete(home, "ZK08", PERIOD, reason="meer is er niet", actor=OFFICER)
    assert not {"OUD08", "DIG01"} & set(found.missing_then)


def test_after_a_withdrawal_it_no_longer_holds_and_says_so(home: Home) -> None:
    deliver(home, sound(row("OUD08", 30)))
    declare_complete(home, "ZK08", PERIOD, reason="meer is er niet", actor=OFFICER)
    withdraw(home, 1, reason="fout", actor=OFFICER)
    found = completion(home, "ZK08", PERIOD, actor=OFFICER)
    assert found is not None
    assert (found.holds, found.missing_now["OUD08"]) == (False, 1)
    assert "weggevallen" in found.message
    again = declare_complete(home, "ZK08", PERIOD, reason="ook OUD08 niet", actor=OFFICER)
    assert again.holds


def test_more_figures_afterwards_leave_it_standing_and_declaring_the_same_again_adds_nothing(home: Home) -> None:
    deliver(home, sound(row("OUD08", 30)))
    declare_complete(home, "ZK08", PERIOD, reason="meer is er niet", actor=OFFICER)
    declare_complete(home, "ZK08", PERIOD, reason="meer is er niet", actor=OFFICER)
    assert kinds(home).count("period_completed") == 1
    deliver(home, sound(row("DIG01", 30)))
    found = completion(home, "ZK08", PERIOD, actor=OFFICER)
    assert found is not None
    assert found.holds
    assert "DIG01" not in found.missing_now


def test_only_the_own_region_declares_and_only_of_what_is_asked(home: Home) -> None:
    for actor in (STRANGER, Actor(name="beleid", role=Role.POLICY_OFFICER, region="ZK08")):
        with pytest.raises(AccessDeniedError):
            declare_complete(home, "ZK08", PERIOD, reason="x", actor=actor)
    with pytest.raises(AccessDeniedError):
        completion(home, "ZK08", PERIOD, actor=STRANGER)
    with pytest.raises(UnknownCodeError):
        declare_complete(home, "ZK08", Period.parse("2025"), reason="x", actor=OPERATOR)
    assert not home.path.exists()


def test_nothing_declared_is_none(home: Home) -> None:
    assert completion(home, "ZK08", PERIOD, actor=OPERATOR) is None
    assert Ledger(home).head() == 0
