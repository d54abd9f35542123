"""States of a value and reasons why there is none: the closed lists of METHODS 2, with their Dutch words.

Belongs here: every code that `mart.indicator_value` may show as a state or a reason, and what a reader sees for it.
Does not belong here: when a state holds (`models/`), symbols and layout (`app/`).
"""

from enum import StrEnum
from typing import NamedTuple


class ValueState(StrEnum):
    """What is special about a value; several can hold at once, and none is ever shown as 0 or as "no change"."""

    PROVISIONAL = "provisional"
    REVISED = "revised"
    ESTIMATED = "estimated"
    BREAK = "break"
    CONVERTED = "converted"
    INCOMPLETE = "incomplete"
    FEW_EVENTS = "few_events"
    SUPPRESSED = "suppressed"
    NOT_DELIVERED = "not_delivered"
    UNKNOWN = "unknown"
    IMPOSSIBLE = "impossible"
    NOT_FILLED = "not_filled"

    @property
    def column(self) -> str:
        """The column of `mart.indicator_value` that says whether the state holds."""
        return f"is_{self.value}"

    @property
    def words(self) -> str:
        """The state in two or three Dutch words."""
        return _STATE_WORDS[self]


class ReasonCode(StrEnum):
    """Why an area has no value in a period."""

    NOT_DELIVERED = "not_delivered"
    INCOMPLETE = "incomplete"
    FEW_EVENTS = "few_events"
    SUPPRESSED = "suppressed"
    SMALL_DENOMINATOR = "small_denominator"
    ZERO_DENOMINATOR = "zero_denominator"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"
    NO_FULL_YEAR = "no_full_year"
    NO_BASE = "no_base"

    @property
    def words(self) -> str:
        """The reason in two or three Dutch words, for a cell of a table."""
        return _REASON_TEXTS[self].words

    @property
    def sentence(self) -> str:
        """The reason in a Dutch sentence, for beside a figure."""
        return _REASON_TEXTS[self].sentence


class _Text(NamedTuple):
    words: str
    sentence: str


_STATE_WORDS = {
    ValueState.PROVISIONAL: "voorlopig",
    ValueState.REVISED: "herzien",
    ValueState.ESTIMATED: "geschat",
    ValueState.BREAK: "trendbreuk",
    ValueState.CONVERTED: "omgerekend naar de huidige gemeenten",
    ValueState.INCOMPLETE: "onvolledig",
    ValueState.FEW_EVENTS: "te weinig gebeurtenissen",
    ValueState.SUPPRESSED: "afgeschermd",
    ValueState.NOT_DELIVERED: "niet aangeleverd",
    ValueState.UNKNOWN: "onbekend",
    ValueState.IMPOSSIBLE: "onmogelijke opgave",
    ValueState.NOT_FILLED: "niet gevuld",
}

_REASON_TEXTS = {
    ReasonCode.NOT_DELIVERED: _Text("niet aangeleverd", "Voor deze periode zijn geen cijfers aangeleverd."),
    ReasonCode.INCOMPLETE: _Text(
        "onvolledig", "Niet alle delen van dit gebied zijn aangeleverd, daarom is er geen cijfer voor het geheel."
    ),
    ReasonCode.FEW_EVENTS: _Text(
        "te weinig gebeurtenissen", "Bij minder dan 10 gebeurtenissen zegt een gestandaardiseerd cijfer te weinig."
    ),
    ReasonCode.SUPPRESSED: _Text("afgeschermd", "Met dit cijfer zouden personen herkenbaar kunnen zijn."),
    ReasonCode.SMALL_DENOMINATOR: _Text("te kleine groep", "De groep is kleiner dan het minimum in de definitie."),
    ReasonCode.ZERO_DENOMINATOR: _Text("noemer is nul", "De noemer is nul, daarom is er geen cijfer te berekenen."),
    ReasonCode.IMPOSSIBLE: _Text("onmogelijke opgave", "De aangeleverde aantallen kunnen niet samen kloppen."),
    ReasonCode.UNKNOWN: _Text("onbekend", "De bron kent het cijfer niet of houdt het geheim."),
    ReasonCode.NO_FULL_YEAR: _Text("nog geen vol jaar", "Er zijn nog geen vier opeenvolgende kwartalen."),
    ReasonCode.NO_BASE: _Text("geen basisjaar", "Het cijfer van het basisjaar ontbreekt of is nul."),
}
