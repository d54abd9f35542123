"""Codes become words; none is left out, none is guessed, and better or worse is said only where polarity is set."""

import pytest

from app.definition_panel import definition_html
from app.records import Indicator
from app.words import (
    WINDOWS,
    comparison_sentence,
    direction,
    interval_text,
    is_favourable,
    judgement,
    publication_status,
    states,
    symbol,
    unit_text,
    value_text,
)
from indicators.definitions import Polarity, definitions
from indicators.errors import UnknownCodeError
from indicators.states import ReasonCode
from register.publications import PublicationStatus
from tests.support_figures import absent, country, figure, indicator


def test_every_window_of_a_definition_has_words() -> None:
    assert {(item.frequency, item.window) for item in definitions().values()} <= set(WINDOWS)


@pytest.mark.parametrize("status", PublicationStatus)
def test_every_publication_status_has_words(status: PublicationStatus) -> None:
    assert publication_status(status)


@pytest.mark.parametrize("ask", [direction, symbol, publication_status])
def test_an_unknown_code_raises(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(UnknownCodeError, match="bekend zijn"):
        ask("nonsense")


@pytest.mark.parametrize(
    ("code", "polarity", "word"),
    [
        ("higher", Polarity.HIGHER_BETTER, "gunstiger"),
        ("clearly_higher", Polarity.LOWER_BETTER, "ongunstiger"),
        ("lower", Polarity.LOWER_BETTER, "gunstiger"),
        ("clearly_lower", Polarity.HIGHER_BETTER, "ongunstiger"),
        ("higher", Polarity.NEUTRAL, "hoger"),
        ("clearly_lower", Polarity.NEUTRAL, "duidelijk lager"),
        ("similar", Polarity.HIGHER_BETTER, "niet anders"),
        ("similar", Polarity.NEUTRAL, "niet anders"),
    ],
)
def test_judgement_follows_polarity(code: str, polarity: Polarity, word: str) -> None:
    assert judgement(code, polarity) == word


def test_a_neutral_indicator_is_never_favourable() -> None:
    assert is_favourable("clearly_higher", Polarity.NEUTRAL) is None


def test_comparison_says_direction_and_verdict() -> None:
    assert comparison_sentence(figure(), indicator()) == "hoger dan Nederland, dus gunstiger"
    similar = figure(comparison_code="similar")
    assert comparison_sentence(similar, indicator()) == "niet aantoonbaar anders dan Nederland"
    assert comparison_sentence(figure(comparison_code=None), indicator()) == "niet met Nederland vergeleken"


def test_nothing_is_compared_with_itself_or_without_a_value() -> None:
    assert comparison_sentence(country(), indicator()) == ""
    assert comparison_sentence(absent("suppressed"), indicator()) == ""


@pytest.mark.parametrize("reason", ReasonCode)
def test_an_absent_value_shows_its_reason_and_no_number(reason: ReasonCode) -> None:
    shown = value_text(absent(reason), indicator())
    assert shown == reason.words
    assert not any(letter.isdigit() for letter in shown)


def test_a_value_without_interval_says_so() -> None:
    assert interval_text(figure(lower_95=None, upper_95=None), indicator()) == "geen interval"
    assert interval_text(absent("suppressed"), indicator()) == ""


def test_states_are_words_and_can_hold_together() -> None:
    shown = states(figure(is_provisional=True, is_incomplete=True, coverage=0.92))
    assert shown == ("voorlopig", "onvolledig (92\u00a0% van de inwoners)")
    assert states(figure()) == ()


def test_unit_stands_in_a_heading() -> None:
    assert unit_text(indicator()) == "in\u00a0%"
    assert unit_text(indicator("KOS04")) == "euro per verzekerd jaar"


def test_the_panel_says_which_interval_a_definition_has() -> None:
    for definition in definitions().values():
        shown = Indicator.model_validate_json(definition.model_dump_json())
        assert shown.calculation.has_interval is definition.has_interval(), definition.id
        assert ("interval: geen" in definition_html(shown)) is not definition.has_interval(), definition.id
