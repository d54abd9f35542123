"""What is wrong with an afspraak is told at entry: where, which value, which rule, what to do, and all at once."""

from typing import Any

import pytest

from indicators.functies import FunctieKind, functies
from register.agreement_draft import AgreementDraft
from register.agreement_faults import AgreementFault, AgreementRule
from register.agreement_model import draft_of, persons_of, settled
from register.agreement_rules import Known
from register.agreements import drafted
from tests.support_agreements import TODAY, sound

KNOWN = Known(functies(), TODAY)


def faults(**changes: Any) -> list[AgreementFault]:
    return drafted(sound(**changes), KNOWN)[1]


def places(**changes: Any) -> dict[str, AgreementRule]:
    return {item.place: item.rule for item in faults(**changes)}


def path(**changes: Any) -> list[dict[str, Any]]:
    return [sound()["indicators"][0] | changes]


def test_a_sound_afspraak_has_no_faults() -> None:
    assert faults() == []


def test_what_is_settled_gives_the_same_draft_again() -> None:
    draft, _ = drafted(sound(), KNOWN)
    again = draft_of(settled(draft, []), persons_of(draft))
    assert again.model_dump() == draft.model_copy(
        update={"parties": (draft.parties[0].model_copy(update={"name": "Amsterdam"}), draft.parties[1])}
    ).model_dump()  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "place", "rule"),
    [
        ({"opgave": "  "}, "opgave", AgreementRule.REQUIRED),
        ({"parties": []}, "partij", AgreementRule.REQUIRED),
        ({"theme": "wonen"}, "thema", AgreementRule.UNKNOWN),
        ({"movement": "verhuizen"}, "beweging", AgreementRule.UNKNOWN),
        ({"functie": "F99"}, "functie", AgreementRule.UNKNOWN),
        ({"functie": "M01"}, "functie", AgreementRule.UNKNOWN),
        ({"maatregel_code": "F01"}, "code van de maatregel", AgreementRule.UNKNOWN),
        ({"owner": None}, "eigenaar", AgreementRule.REQUIRED),
        ({"owner": "gemeente, zorgkantoor"}, "eigenaar", AgreementRule.OWNER),
        ({"region": "ZK99"}, "regio", AgreementRule.UNKNOWN),
        ({"region": "ZK05"}, "regio", AgreementRule.UNKNOWN),
        ({"end_date": "2025-12-31"}, "einddatum", AgreementRule.DATES),
        ({"end_date": "2026-02-28", "start_date": "2026-01-01"}, "einddatum", AgreementRule.DATES),
        ({"start_date": "2029-01-01"}, "einddatum", AgreementRule.DATES),
        ({"start_date": "morgen"}, "begindatum", AgreementRule.FORM),
        ({"start_date": 2026}, "begindatum", AgreementRule.FORM),
        ({"parties": [{"code": "GM9999"}]}, "partij 1, code", AgreementRule.UNKNOWN),
        ({"parties": [{"code": "ZK15"}]}, "partij 1, code", AgreementRule.UNKNOWN),
        ({"parties": [{}]}, "partij 1", AgreementRule.REQUIRED),
        ({"parties": [{"name": "a"}, {"name": "a"}]}, "partij 2", AgreementRule.DUPLICATE),
        ({"money": [{"payer": "a", "kind": "betaalt", "amount_euro": -1}]}, "geld 1, bedrag", AgreementRule.AMOUNT),
        ({"money": [{"payer": "a", "kind": "betaalt", "amount_euro": "25.000"}]}, "geld 1, bedrag", AgreementRule.FORM),
        ({"money": [{"payer": "a", "kind": "leent", "amount_euro": 1}]}, "geld 1, soort", AgreementRule.UNKNOWN),
        ({"examples": [{"url": "http://a.nl"}]}, "voorbeeld 1, koppeling", AgreementRule.LINK),
        ({"examples": [{"url": "javascript:alert(1)"}]}, "voorbeeld 1, koppeling", AgreementRule.LINK),
        ({"examples": [{"url": "https://a:b@c.nl"}]}, "voorbeeld 1, koppeling", AgreementRule.LINK),
        ({"contacts": [{"name": "A", "e_mail": "a.nl"}]}, "contactpersoon 1, e-mailadres", AgreementRule.CONTACT),
        ({"contacts": [{"role": "x"}]}, "contactpersoon 1, naam", AgreementRule.REQUIRED),
        ({"obstacle": "bel 06-12345678"}, "belemmering", AgreementRule.PERSONAL_DATA),
        ({"evidence": "cliënt 111222333"}, "onderbouwing", AgreementRule.PERSONAL_DATA),
        ({"is_public": "misschien"}, "openbaar", AgreementRule.FORM),
        ({"kleur": "blauw"}, "kleur", AgreementRule.FORM),
        ({"doel": "x" * 4001}, "doel", AgreementRule.FORM),
        ({"indicators": path(indicator="PRE99")}, "indicator 1, indicator", AgreementRule.UNKNOWN),
        ({"indicators": path(unit="weken")}, "indicator 1, eenheid", AgreementRule.UNIT),
        ({"indicators": path(target={"value": 101, "period": "2028"})}, "indicator 1, bod, waarde", AgreementRule.UNIT),
        ({"indicators": path(target={"period": "2028"})}, "indicator 1, bod, waarde", AgreementRule.NO_NUMBER),
        ({"indicators": path(target={"value": 40, "period": "2025Q3"})}, "indicator 1, bod", AgreementRule.PATH),
        ({"indicators": path(target={"value": 40, "period": "ooit"})}, "indicator 1, bod, periode", AgreementRule.FORM),
        ({"indicators": path(direction="decrease")}, "indicator 1, richting", AgreementRule.PATH),
        ({"indicators": path(direction="schuin")}, "indicator 1, richting", AgreementRule.UNKNOWN),
        ({"indicators": path(text="en dit")}, "indicator 1, tekst", AgreementRule.NO_NUMBER),
        ({"indicators": [{"indicator": "PRE02"}]}, "indicator 1, tekst", AgreementRule.NO_NUMBER),
        ({"indicators": [{"indicator": "PRE02", "text": "a"}]}, "indicator 1, wat ontbreekt", AgreementRule.NO_NUMBER),
        ({"indicators": path() * 2}, "indicator 2", AgreementRule.DUPLICATE),
    ],
)  # fmt: skip
def test_each_fault_is_told_at_its_place(changes: dict[str, Any], place: str, rule: AgreementRule) -> None:
    assert places(**changes)[place] is rule


def test_milestones_out_of_order_are_told_at_the_milestone() -> None:
    levels = [{"value": 25, "period": "2027Q4"}, {"value": 28, "period": "2026Q4"}]
    assert places(indicators=path(milestones=levels)) == {"indicator 1, mijlpaal 2": AgreementRule.PATH}


def test_an_order_of_periods_is_told_also_where_a_number_is_missing() -> None:
    found = places(indicators=path(baseline={"value": "x", "period": "2030Q4"}, milestones=[]))
    assert found["indicator 1, uitgangssituatie, waarde"] is AgreementRule.FORM
    assert found["indicator 1, bod"] is AgreementRule.PATH


def test_an_indicator_without_figures_takes_a_text_and_no_path() -> None:
    from indicators.definitions import current_definition, kernset

    codes = [name.split("@")[0] for name in kernset().indicators]
    code = next(code for code in codes if current_definition(code).not_filled is not None)
    assert AgreementRule.NOT_DELIVERED in places(indicators=path(indicator=code, unit=None)).values()
    assert faults(indicators=[{"indicator": code, "text": "a", "missing": "cijfers"}]) == []


def test_standing_still_may_be_what_is_agreed() -> None:
    levels = {"baseline": {"value": 20, "period": "2025"}, "target": {"value": 20, "period": "2028"}}
    assert faults(indicators=path(direction="niet slechter dan", milestones=[], **levels)) == []


def test_all_faults_are_told_at_once() -> None:
    found = places(theme="x", owner="gemeente en zorgkantoor", end_date="2020-01-01", parties=[{"code": "GM9999"}])
    assert set(found) == {"thema", "eigenaar", "einddatum", "partij 1, code"}


def test_what_cannot_be_read_is_told_once() -> None:
    assert [item.place for item in faults(start_date="bla")] == ["begindatum"]


def test_a_fault_does_not_repeat_personal_data() -> None:
    for item in faults(contacts=[{"name": "A", "e_mail": "anna@"}], obstacle="anna@voorbeeld.nl"):
        assert "anna" not in item.sentence


def test_an_end_that_passed_is_no_fault_of_a_change_that_leaves_it() -> None:
    draft, _ = drafted(sound(), KNOWN)
    before = settled(draft, [])
    later = KNOWN._replace(today=before.end_date.replace(year=2030), before=before)
    assert drafted(sound(doel="anders"), later)[1] == []
    assert [item.place for item in drafted(sound(end_date="2029-01-01"), later)[1]] == ["einddatum"]


def test_an_empty_draft_is_told_all_that_it_lacks() -> None:
    _, found = drafted(AgreementDraft(), KNOWN)
    assert len(found) == 11


def test_the_vocabulary_has_functies_and_kinds_of_maatregel_with_a_source() -> None:
    kinds = [item.kind for item in functies().values()]
    assert (kinds.count(FunctieKind.FUNCTIE), kinds.count(FunctieKind.MAATREGEL)) == (16, 8)
    assert all(item.source for item in functies().values())
