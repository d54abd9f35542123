"""What counts as filled is said once; whatever is not filled carries its reason and never a number."""

import pytest

from app.definition_panel import definition_html, introduction_html
from app.filling import NOTHING_DELIVERED, Filling, choosable_names, filling_sentence, reason_not_filled
from app.records import Indicator
from indicators.definitions import Theme, current_definition
from indicators.protection import POLICY
from tests.support_figures import indicator

FIRST, SECOND, THIRD = indicator("PRE02"), indicator("OUD01"), indicator("KOS04")
NEW_FIELDS = {
    "plain_name",
    "why",
    "how_to_read",
    "delivered_by",
    "open_source",
    "standardisation",
    "choices",
    "not_filled",
}


def old(code: str) -> Indicator:
    """A definition as it stands in a publication of before these fields."""
    return Indicator.model_validate_json(current_definition(code).model_dump_json(exclude=NEW_FIELDS))


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Filling((), (FIRST,)), "Nog geen enkele indicator heeft cijfers. Hieronder staat per indicator waarom."),
        (Filling((FIRST,), (SECOND,)), "1 van de 2 indicatoren heeft cijfers. De andere staan onderaan, met de reden."),
        (
            Filling((FIRST, SECOND), (THIRD,)),
            "2 van de 3 indicatoren hebben cijfers. De andere staan onderaan, met de reden.",
        ),
        (Filling((FIRST, SECOND), ()), "2 van de 2 indicatoren hebben cijfers."),
    ],
)
def test_the_count_is_said_in_whole_sentences(found: Filling, told: str) -> None:
    assert filling_sentence(found) == told


def test_a_theme_keeps_its_own_of_both_kinds() -> None:
    assert Filling((FIRST, SECOND), (THIRD,)).of(Theme.OUDEREN) == Filling((SECOND,), (THIRD,))


def test_the_reason_is_that_of_the_definition_or_that_nobody_delivered() -> None:
    assert reason_not_filled(FIRST.model_copy(update={"not_filled": "Er is geen bron."})) == "Er is geen bron."
    assert reason_not_filled(old("PRE02")) == NOTHING_DELIVERED


def test_a_list_to_choose_from_has_the_filled_first_and_marks_the_others() -> None:
    names = choosable_names(Filling((SECOND,), (FIRST,)))
    assert list(names.values()) == [f"{SECOND.name} (OUD01)", f"(niet gevuld) {FIRST.name} (PRE02)"]


def test_the_definition_shows_the_fields_and_the_rule_for_small_numbers() -> None:
    made = definition_html(FIRST)
    for text in (FIRST.delivered_by, FIRST.open_source, FIRST.standardisation, FIRST.choices):
        assert text
        assert text in made
    assert f"Een aantal onder {POLICY.threshold} schermen we af" in made
    assert f"veelvoud van {POLICY.rounding_base}" in made
    assert "De bron heeft kleine aantallen al beschermd" in definition_html(THIRD)


def test_the_definition_shows_the_coverage_and_a_smallest_denominator_where_there_is_one() -> None:
    assert "over 100\u00a0% van de inwoners" in definition_html(FIRST)
    assert "Kleinste noemer" not in definition_html(FIRST)
    assert "noemer onder 100 is er geen cijfer" in definition_html(
        FIRST.model_copy(update={"minimum_denominator": 100})
    )


def test_a_definition_without_an_open_source_says_so() -> None:
    assert "geen bekend" in definition_html(FIRST.model_copy(update={"open_source": None}))


def test_an_old_definition_shows_what_it_has_and_claims_nothing_about_the_rest() -> None:
    made = definition_html(old("PRE02"))
    assert FIRST.numerator_text in made
    for term in ("Wie levert", "Open bron", "Standaardisatie", "Eigen keuzes", "None"):
        assert term not in made
    assert introduction_html(old("PRE02")) == ""


def test_the_introduction_is_in_plain_words() -> None:
    made = introduction_html(FIRST)
    for text in (FIRST.plain_name, FIRST.why, FIRST.how_to_read):
        assert text
        assert text in made
