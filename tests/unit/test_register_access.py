"""Who may do what, over every role, action, region and region asked for."""

from datetime import date
from itertools import product

import pytest
from pydantic import ValidationError

from indicators.areas import AreaLevel, area_register
from indicators.errors import UnknownCodeError
from register.access import OPERATOR, Action, Actor, Role, may, require
from register.errors import AccessDeniedError

TODAY = date(2025, 12, 31)
REGIONS = [area.code for area in area_register().existing(AreaLevel.REGION, TODAY)]
REGIONAL = {Role.DATA_OFFICER, Role.POLICY_OFFICER}
LOOKING = {
    Action.READ_OWN, Action.READ_CONCEPT, Action.READ_DELIVERY_STATUS, Action.READ_SUBMISSION, Action.READ_TEMPLATE,
    Action.READ_AGREEMENT, Action.READ_CONTACT, Action.READ_SIGNALS, Action.HANDLE_SIGNAL,
}  # fmt: skip
DELIVERING = {
    Action.SUBMIT, Action.CONFIRM, Action.WITHDRAW, Action.REINSTATE, Action.PURGE, Action.DECLARE_COMPLETE,
    Action.MANAGE_TOKENS,
}  # fmt: skip
EXPLAINING = {Action.EXPLAIN}
AGREEING = {Action.MANAGE_AGREEMENT, Action.MANAGE_CONTACT}
OWN_REGION_ACTIONS = {
    Role.DATA_OFFICER: LOOKING | DELIVERING | EXPLAINING, Role.POLICY_OFFICER: LOOKING | AGREEING | EXPLAINING,
}  # fmt: skip
STAFF_ACTIONS = {
    Action.READ_PUBLISHED, Action.READ_CONCEPT, Action.READ_DELIVERY_STATUS, Action.PUBLISH, Action.READ_AGREEMENT,
    Action.READ_CONTACT, Action.MANAGE_CONTACT, Action.READ_SIGNALS, Action.HANDLE_SIGNAL,
}  # fmt: skip
STAFF = Actor(name="staf", role=Role.PROGRAMME_STAFF)
READER = Actor(name="lezer", role=Role.READER)


def officer(role: Role, region: str) -> Actor:
    return Actor(name="medewerker", role=role, region=region)


def test_there_are_31_regions() -> None:
    assert len(REGIONS) == 31


@pytest.mark.parametrize("role", sorted(REGIONAL))
def test_an_officer_reaches_only_the_own_region(role: Role) -> None:
    for own, asked, action in product(REGIONS, REGIONS, Action):
        expected = action is Action.READ_PUBLISHED or (own == asked and action in OWN_REGION_ACTIONS[role])
        assert may(officer(role, own), action, asked) is expected, (own, asked, action)


@pytest.mark.parametrize("role", sorted(REGIONAL))
def test_an_officer_reaches_the_gemeenten_of_the_own_region_and_no_other(role: Role) -> None:
    gemeenten = area_register().existing(AreaLevel.GEMEENTE, TODAY)
    actors = {region: officer(role, region) for region in REGIONS}
    for gemeente in gemeenten:
        allowed = [region for region in REGIONS if may(actors[region], Action.READ_OWN, gemeente.code)]
        assert allowed == [area_register().region_of(gemeente.code, TODAY)]


@pytest.mark.parametrize("role", sorted(REGIONAL))
def test_an_officer_reaches_the_country_only_as_published(role: Role) -> None:
    allowed = {action for action in Action if may(officer(role, "ZK08"), action, "NL")}
    assert allowed == {Action.READ_PUBLISHED}


def test_staff_see_everything_but_exact_figures_and_deliver_nothing() -> None:
    for region, action in product([*REGIONS, "NL"], Action):
        explains_country = action is Action.EXPLAIN and region == "NL"
        assert may(STAFF, action, region) is (action in STAFF_ACTIONS or explains_country), (region, action)


def test_staff_see_exact_figures_of_exactly_the_regions_that_agreed() -> None:
    agreements = frozenset({"ZK08", "ZK10"})
    seen = {region for region in REGIONS if may(STAFF, Action.READ_OWN, region, agreements=agreements)}
    assert seen == agreements
    assert not may(STAFF, Action.READ_OWN, "NL", agreements=agreements)


def test_an_agreement_gives_nothing_to_another_role() -> None:
    everywhere = frozenset(REGIONS)
    assert not may(READER, Action.READ_OWN, "ZK08", agreements=everywhere)
    assert not may(officer(Role.POLICY_OFFICER, "ZK10"), Action.READ_OWN, "ZK08", agreements=everywhere)


def test_a_reader_reads_what_is_published_and_nothing_else() -> None:
    for region, action in product([*REGIONS, "NL"], Action):
        assert may(READER, action, region) is (action is Action.READ_PUBLISHED)


def test_the_operator_may_do_everything() -> None:
    assert all(may(OPERATOR, action, region) for region, action in product([*REGIONS, "NL"], Action))


def test_a_wijk_belongs_to_the_region_of_its_gemeente() -> None:
    region = area_register().region_of("GM0080", TODAY)
    assert region is not None
    assert may(officer(Role.DATA_OFFICER, region), Action.READ_OWN, "WK008001")


@pytest.mark.parametrize("code", ["ZK99", "GM9999", "ZK8", "", "ZK08 ", "ZK08' or 1=1 --"])
def test_an_unknown_area_raises_for_everyone(code: str) -> None:
    with pytest.raises(UnknownCodeError):
        may(OPERATOR, Action.READ_PUBLISHED, code)


def test_a_refusal_names_role_action_area_and_who_may() -> None:
    with pytest.raises(AccessDeniedError) as caught:
        require(officer(Role.POLICY_OFFICER, "ZK10"), Action.SUBMIT, "ZK08")
    text = str(caught.value)
    assert all(word in text for word in ("beleidsmedewerker van ZK10", "aanleveren voor ZK08", "datamedewerker"))


def test_require_is_silent_when_it_may() -> None:
    require(officer(Role.DATA_OFFICER, "ZK08"), Action.SUBMIT, "ZK08")


@pytest.mark.parametrize(
    ("role", "region"), [(Role.DATA_OFFICER, None), (Role.READER, "ZK08"), (Role.OPERATOR, "ZK08")]
)
def test_only_regional_roles_have_a_region(role: Role, region: str | None) -> None:
    with pytest.raises(ValidationError, match="region"):
        Actor(name="iemand", role=role, region=region)
