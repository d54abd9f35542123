"""Signals in tables and words: the inbox, the history of one, the rules.

Belongs here: columns and words. Does not belong here: the rules themselves (`register/signal_kinds.py`), and what
somebody may do (`app/signal_actions.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from app.choices import address_of
from app.figures import long_date, moment, period_name
from app.markup import Content, Html, Table, element, join, link
from indicators.areas import COUNTRY
from register.signal_kinds import SignalKind
from register.signal_states import Signal, SignalState

_INBOX: Final = ("Signaal", "Waarover", "Gezien in", "Stand", "Sinds")
_SIGNS: Final = {
    SignalKind.STALLED: "→",
    SignalKind.WORSENING: "↘",
    SignalKind.OUT_OF_REACH: "⊘",
    SignalKind.SPECIAL_CAUSE: "!",
    SignalKind.OVERDUE: "×",
    SignalKind.QUALITY: "▽",
}


def inbox_table(found: Sequence[Signal], names: Mapping[str, str], indicators: Mapping[str, str], today: date) -> Table:
    """A row per signal, the newest first.

    Args:
        found: what is shown.
        names: code and name of the regions and the country.
        indicators: code and name of the indicators.
        today: for what was put off.
    """
    rows = [
        (
            link(_kind(signal), address_of("signalen", signaal=str(signal.number))),
            _about(signal, names, indicators),
            period_name(signal.seen_in),
            _standing(signal, today),
            moment(signal.opened_at),
        )
        for signal in found
    ]
    return Table("Signalen, de nieuwste bovenaan", _INBOX, rows, stacks=True)


def history_table(signal: Signal) -> Table:
    """What happened to one signal, oldest first."""
    rows = [(moment(step.at), step.text, step.by) for step in signal.steps]
    return Table(f"Wat er met signaal {signal.number} gebeurde", ("Wanneer", "Wat", "Wie"), rows, stacks=True)


def rules_html() -> Html:
    """Every kind with its rule."""
    rows = [join([element("dt", f"{_SIGNS[kind]} {kind.words}"), element("dd", kind.rule)]) for kind in SignalKind]
    return element("dl", *rows, _class="jzojp-definition")


def title(signal: Signal, names: Mapping[str, str], indicators: Mapping[str, str]) -> str:
    """One signal in one line, for a list to choose from."""
    about = indicators.get(signal.cause.indicator or "", "")
    return ", ".join(filter(None, (names.get(signal.cause.area, signal.cause.area), about, signal.cause.signal.words)))


def of_state(found: Iterable[Signal], state: SignalState, today: date) -> list[Signal]:
    """The signals that stand so today."""
    return [signal for signal in found if signal.state(today) is state]


def _kind(signal: Signal) -> str:
    return f"{_SIGNS[signal.cause.signal]} {signal.cause.signal.words}"


def _about(signal: Signal, names: Mapping[str, str], indicators: Mapping[str, str]) -> Content:
    cause = signal.cause
    area = "Nederland" if cause.area == COUNTRY else names.get(cause.area, cause.area)
    if cause.indicator is None:
        return join([element("strong", area), element("small", signal.detail)])
    about = [link(indicators.get(cause.indicator, cause.indicator), address_of("indicator", indicator=cause.indicator))]
    if cause.path is not None:
        about.append(element("span", f", afspraak {cause.path}"))
    return join([element("strong", area), element("small", *about)])


def _standing(signal: Signal, today: date) -> Content:
    state = signal.state(today)
    told = {
        SignalState.ACKNOWLEDGED: signal.plan,
        SignalState.SNOOZED: f"tot {long_date(signal.snoozed_until)}, {signal.owner}" if signal.snoozed_until else None,
        SignalState.CLOSED: signal.steps[-1].text.removeprefix("Gesloten: "),
    }.get(state)
    return join([state.words, *([element("small", told)] if told else [])])
