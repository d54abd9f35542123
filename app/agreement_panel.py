"""One afspraak as a reader sees it: from opgave to maatregel, who has the lead, and how its indicators stand.

Belongs here: words, terms and the picture of the path. Does not belong here: which afspraken somebody may see
(`register/agreements.py`), and files (`app/agreement_files.py`).
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from app.charts import Chart, show_chart
from app.figures import amount, long_date, number, period_name
from app.markup import Content, Html, Table, element, join
from app.path_chart import path_spec
from app.records import Figure, Indicator, PathState
from app.words import value_text
from indicators.agreed_path import AgreedPath
from indicators.definition_words import THEMES
from indicators.functies import Functie
from indicators.periods import Period
from indicators.trend import RULE
from indicators.trend_states import NotAssessable, TrendState
from register.agreement_model import AgreedIndicator, Money
from register.agreement_states import AgreementStep
from register.agreement_views import AgreementView


def facts_html(view: AgreementView, functies: Mapping[str, Functie]) -> Html:
    """Everything that was agreed, but the indicators."""
    agreement = view.agreement
    functie = functies[agreement.functie].name if agreement.functie in functies else agreement.functie
    since = f"{view.status.status.words} sinds {long_date(view.status.since)}"
    reason = f" ({view.status.reason})" if view.is_whole else ""
    terms: Sequence[tuple[str, Content]] = (
        ("Opgave", agreement.opgave),
        ("Doel", agreement.doel),
        ("Functie", functie),
        ("Maatregel", agreement.maatregel),
        ("Thema en beweging", f"{THEMES[agreement.theme]}, {agreement.movement}"),
        ("Eigenaar", agreement.owner.value),
        ("Partijen", ", ".join(party.name for party in agreement.parties)),
        ("Looptijd", f"{long_date(agreement.start_date)} tot en met {long_date(agreement.end_date)}"),
        ("Stand", f"{since}{reason}"),
        ("Wie betaalt en wie profiteert", _money(agreement.money)),
        ("Onderbouwing", agreement.evidence or ""),
        ("Belemmering", (agreement.obstacle or "") if view.is_whole else ""),
        ("Contact", ", ".join(filter(None, (person.name for person in view.contacts)))),
        ("Voorbeelden", _examples(view)),
    )
    rows = [join([element("dt", term), element("dd", told)]) for term, told in terms if told]
    return element("dl", *rows, _class="jzojp-facts")


def show_indicator(
    agreed: AgreedIndicator,
    indicator: Indicator | None,
    state: PathState | None,
    figures: Sequence[Figure],
    *,
    key: str,
) -> None:
    """How one indicator of an afspraak stands: the path and the figures in one picture, and the state in words.

    Args:
        agreed: what was agreed on it.
        indicator: its definition; None where the kernset no longer has it.
        state: what the models say; None where they say nothing (yet).
        figures: of the region, oldest first.
        key: of the chart on the page.
    """
    st.subheader(indicator.name if indicator else agreed.indicator)
    if agreed.path is None:
        st.markdown(f"{agreed.text or 'Er is geen getal afgesproken.'} Geen voortgangscijfer: {agreed.missing}.")
        return
    st.html(element("p", _state_sentence(state)))
    known = [figure for figure in figures if figure.value is not None]
    if indicator is None or not known:
        st.markdown("Van deze indicator is er voor deze regio nog geen cijfer.")
        return
    chart = Chart(
        title=f"{indicator.name}: cijfers en afgesproken pad",
        description=_path_sentence(agreed.path, known[-1], indicator),
        spec=path_spec(known, agreed.path, indicator),
        table=_path_table(agreed.path, known, indicator),
    )
    show_chart(chart, key=key)


def history_table(steps: Sequence[AgreementStep]) -> Table:
    """Who changed what and why, the newest first."""
    rows = [
        (
            f"{step.occurred_at:%d-%m-%Y %H:%M}",
            step.what,
            "; ".join(f"{item.field}: {item.before or 'leeg'} → {item.after or 'leeg'}" for item in step.changes[:10]),
            step.reason or "",
            step.actor_name,
        )
        for step in reversed(steps)
    ]
    return Table("Wie wat wanneer wijzigde", ("Wanneer", "Wat", "Wijziging", "Reden", "Wie"), rows, stacks=True)


def state_words(state: PathState | None) -> str:
    """The state of a path in Dutch."""
    if state is None:
        return "nog niet berekend"
    if state.reason_code is not None:
        return f"{TrendState.NOT_ASSESSABLE.words}: {NotAssessable(state.reason_code).words}"
    return RULE.words(TrendState(state.state_code))


def next_milestone(path: AgreedPath, today: Period) -> str:
    """The first agreed value that is still to come."""
    ahead = [level for level in path.points[1:] if today < level.period]
    return f"{number(ahead[0].value, 1)} in {period_name(ahead[0].period.code)}" if ahead else "geen meer"


def _state_sentence(state: PathState | None) -> Html:
    parts = [element("strong", f"{state_words(state).capitalize()}.")]
    if state is not None and state.period_code is not None:
        parts.append(element("span", f" Beoordeeld tot en met {period_name(state.period_code)}."))
    if state is not None and state.is_out_of_reach:
        parts.append(element("span", " In dit tempo is het doel niet op tijd te halen."))
    return join(parts)


def _path_sentence(path: AgreedPath, last: Figure, indicator: Indicator) -> str:
    agreed = path.value_at(Period.parse(last.period_code))
    target = amount(path.target.value, indicator.unit, indicator.decimals)
    beside = "" if agreed is None else f"; afgesproken was dan {amount(agreed, indicator.unit, indicator.decimals)}"
    return (
        f"{period_name(last.period_code)}: **{value_text(last, indicator)}**{beside}. "
        f"Het doel is {path.direction.words} {target} in {period_name(path.target.period.code)}."
    )


def _path_table(path: AgreedPath, figures: Sequence[Figure], indicator: Indicator) -> Table:
    rows = [
        (period_name(figure.period_code), value_text(figure, indicator), _agreed(path, figure, indicator))
        for figure in reversed(figures)
    ]
    return Table(indicator.name, ("Periode", "Waarde", "Afgesproken"), rows, numeric=frozenset({1, 2}))


def _agreed(path: AgreedPath, figure: Figure, indicator: Indicator) -> str:
    value = path.value_at(Period.parse(figure.period_code))
    return "" if value is None else amount(value, indicator.unit, indicator.decimals)


def _money(money: Sequence[Money]) -> str:
    return "; ".join(f"{item.payer} {item.kind.value}: € {number(item.amount_euro)}" for item in money)


def _examples(view: AgreementView) -> Html:
    links = [
        element("a", item.title or item.url, href=item.url, rel="noopener noreferrer", target="_blank")
        for item in view.agreement.examples
    ]
    return join([element("span", each, " ") for each in links])
