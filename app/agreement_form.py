"""Making and changing an afspraak on the page: one form, whose values are judged by the register.

Belongs here: the fields and the answer. Does not belong here: the rules (`register/agreement_rules.py`), and files with
many afspraken (`app/agreement_files.py`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from app import deliveries
from app.agreement_files import faults_table
from app.markup import table_html
from app.visits import Place, perform, show_refusal, tell
from indicators.agreed_path import Direction
from indicators.definition_words import THEMES
from indicators.definitions import Movement, current_definition, kernset
from indicators.errors import MonitorError
from indicators.functies import FunctieKind
from register.access import Action, Actor, may
from register.agreement_draft import AgreementDraft, DraftIndicator, DraftLevel, DraftParty
from register.agreement_fields import AgreementStatus, Owner
from register.agreement_model import unit_of
from register.agreement_values import number_text
from register.agreement_views import AgreementView
from register.agreements import change, make, set_status
from register.errors import EntryRefusedError
from register.home import Home
from register.lookup import MAXIMUM_REASON
from register.submissions import today_in_the_netherlands

_NONE: Final = ""
_NEW: Final = AgreementDraft()
_MADE: Final = "agreements_made"
"""How many were recorded in this visit, so that the form for the next one is empty."""


def show_new(home: Home, region_code: str, actor: Actor) -> None:
    """The form for a new afspraak, for who makes those of the region."""
    if may(actor, Action.MANAGE_AGREEMENT, region_code):
        with st.expander("Nieuwe afspraak maken", key="new_agreement"):
            _ask(home, region_code, None, actor)


def show_change(home: Home, view: AgreementView, actor: Actor) -> None:
    """The forms that change one afspraak and its state."""
    if may(actor, Action.MANAGE_AGREEMENT, view.agreement.region):
        with st.expander(f"Afspraak {view.code} wijzigen", key=f"change_{view.code}"):
            _ask_status(home, view, actor)
            _ask(home, view.agreement.region, view, actor)


def entered_levels(text: str) -> list[dict[str, str]]:
    """Milestones as they are typed, one a line: `2026Q4: 12,5`; a line without a colon keeps its text as period."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        period, _, value = line.partition(":")
        found.append({"period": period.strip(), "value": value.strip()})
    return found


def _ask(home: Home, region_code: str, view: AgreementView | None, actor: Actor) -> None:
    draft = _NEW if view is None else view.draft
    key = f"new{st.session_state.get(_MADE) or ''}" if view is None else f"{view.code}_{view.version}"
    with st.form(f"agreement_{key}", border=False, enter_to_submit=False):
        values = _what(home, draft, key) | _who_and_when(draft, key)
        indicators = [_indicator(item, f"{key}_{at}") for at, item in enumerate((*draft.indicators, DraftIndicator()))]
        reason = "" if view is None else st.text_area("Reden van de wijziging (verplicht)", max_chars=MAXIMUM_REASON)
        is_sent = st.form_submit_button("Afspraak vastleggen" if view is None else "Wijziging vastleggen")
    if is_sent:
        kept = draft.model_dump(mode="json", include={"contacts", "money", "examples", "maatregel_code", "evidence"})
        entered = {**kept, **values, "region": region_code, "indicators": list(filter(None, indicators))}
        _record(home, view, entered, reason, actor)


def _what(home: Home, draft: AgreementDraft, key: str) -> dict[str, Any]:
    known = deliveries.functies(home)
    functies = {code: item.name for code, item in known.items() if item.kind is FunctieKind.FUNCTIE}
    themes = {str(theme): words for theme, words in THEMES.items()}
    return {
        "theme": _choice("Thema (verplicht)", themes, draft.theme, f"theme_{key}"),
        "opgave": st.text_area("Opgave (verplicht)", draft.opgave or "", height=80, key=f"opgave_{key}"),
        "doel": st.text_area("Doel (verplicht)", draft.doel or "", height=80, key=f"doel_{key}"),
        "functie": _choice("Functie (verplicht)", functies, draft.functie, f"functie_{key}"),
        "maatregel": st.text_area("Maatregel (verplicht)", draft.maatregel or "", height=80, key=f"maatregel_{key}"),
        "movement": _choice(
            "Beweging (verplicht)",
            {movement.value: movement.value for movement in Movement},
            draft.movement,
            f"movement_{key}",
        ),
    }


def _who_and_when(draft: AgreementDraft, key: str) -> dict[str, Any]:
    parties = "\n".join(item.name or item.code or "" for item in draft.parties)
    named = st.text_area("Partijen, een per regel (verplicht)", parties, height=80, key=f"parties_{key}")
    owners = {item.value: item.value for item in Owner}
    return {
        "owner": _choice("Eigenaar (verplicht)", owners, draft.owner, f"owner_{key}"),
        "parties": [_party(line, draft.parties) for line in filter(None, map(str.strip, named.splitlines()))],
        "start_date": st.text_input("Begint op (verplicht, dd-mm-jjjj)", _day(draft.start_date), key=f"start_{key}"),
        "end_date": st.text_input("Loopt tot en met (verplicht, dd-mm-jjjj)", _day(draft.end_date), key=f"end_{key}"),
        "obstacle": st.text_area("Belemmering", draft.obstacle or "", height=80, key=f"obstacle_{key}"),
        "is_public": st.checkbox("Iedereen mag deze afspraak zien", bool(draft.is_public), key=f"public_{key}"),
    }


def _party(name: str, known: Sequence[DraftParty]) -> dict[str, Any]:
    found = next((item for item in known if name in {item.name, item.code}), DraftParty(name=name))
    return found.model_dump()


def _indicator(item: DraftIndicator, key: str) -> dict[str, Any] | None:
    """One indicator with its path; nothing where none is chosen."""
    names = {_NONE: "geen"} | {
        code: f"{current_definition(code).name} ({code})"
        for code in (name.split("@")[0] for name in kernset().indicators)
    }
    st.markdown(
        "**Indicator en bod**" if item.indicator is None else f"**{names.get(item.indicator, item.indicator)}**"
    )
    code = _choice("Indicator", names, item.indicator, f"indicator_{key}")
    directions = {_NONE: "geen getal"} | {direction.value: direction.words for direction in Direction}
    direction = _choice("Richting", directions, item.direction, f"direction_{key}")
    baseline = _level("Uitgangssituatie", item.baseline, f"baseline_{key}")
    target = _level("Bod", item.target, f"target_{key}")
    typed = "\n".join(f"{level.period}: {_number(level)}" for level in item.milestones)
    milestones = st.text_area("Mijlpalen, een per regel (2026Q4: 12,5)", typed, height=80, key=f"milestones_{key}")
    text = st.text_input("Of in woorden, zonder getal", item.text or "", key=f"text_{key}")
    missing = st.text_input("Wat ontbreekt er voor een getal?", item.missing or "", key=f"missing_{key}")
    if not code:
        return None
    return {
        "indicator": code, "unit": unit_of(code) if direction else None, "direction": direction or None,
        "baseline": baseline, "target": target, "milestones": entered_levels(milestones),
        "text": text, "missing": missing,
    }  # fmt: skip


def _level(label: str, level: DraftLevel, key: str) -> dict[str, str]:
    left, right = st.columns(2)
    with left:
        value = st.text_input(f"{label}: waarde", _number(level), key=f"{key}_value")
    with right:
        period = st.text_input(f"{label}: periode (2026Q4 of 2026)", level.period or "", key=f"{key}_period")
    return {"value": value, "period": period}


def _ask_status(home: Home, view: AgreementView, actor: Actor) -> None:
    with st.form(f"status_{view.code}", border=False):
        names = {status.value: status.words for status in AgreementStatus}
        chosen = _choice("Stand", names, view.status.status.value, f"status_choice_{view.code}")
        since = st.date_input("Sinds", today_in_the_netherlands(), format="DD-MM-YYYY", key=f"since_{view.code}")
        reason = st.text_input("Reden (verplicht)", max_chars=MAXIMUM_REASON, key=f"status_reason_{view.code}")
        is_sent = st.form_submit_button("Stand vastleggen")
    if is_sent:
        done = perform(
            set_status, home, view.code, AgreementStatus(chosen), since=since, version=view.version, reason=reason,
            actor=actor,
        )  # fmt: skip
        if done is not None:
            _tell(f"Afspraak {view.code} staat nu op {done.status.status.words}.")


def _record(home: Home, view: AgreementView | None, entered: Mapping[str, Any], reason: str, actor: Actor) -> None:
    try:
        done = (
            make(home, entered, actor=actor)
            if view is None
            else change(home, view.code, entered, version=view.version, reason=reason, actor=actor)
        )
    except EntryRefusedError as error:
        st.html(table_html(faults_table(error.faults)))
    except MonitorError as error:
        show_refusal(str(error))
    else:
        st.session_state[_MADE] = st.session_state.get(_MADE, 0) + 1
        _tell(f"Afspraak {done.code} is vastgelegd. In de volgende publicatie staat hoe het ermee gaat.")


def _tell(text: str) -> None:
    tell(Place.AGREEMENTS, text)
    st.rerun()


def _choice(label: str, names: Mapping[str, str], chosen: str | None, key: str) -> str:
    codes = list(names)
    at = codes.index(chosen) if chosen is not None and chosen in names else 0
    return str(st.selectbox(label, codes, index=at, format_func=names.__getitem__, key=key))


def _day(value: object) -> str:
    return "" if value is None else f"{value:%d-%m-%Y}"


def _number(level: DraftLevel) -> str:
    return "" if level.value is None else number_text(level.value)
