"""Tokens with which a region's own system delivers: list, make and revoke.

Belongs here: the forms. Does not belong here: what a token opens (`register.tokens`).
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from app.figures import moment
from app.markup import Table, element, table_html
from app.visits import Place, Visit, perform, show_told, tell
from register.access import Action
from register.tokens import MAXIMUM_LABEL, IssuedToken, Token, issue_token, revoke_token, tokens

_NEW: Final = "new_token"


def show_tokens(visit: Visit) -> None:
    """Everything about tokens, folded; nothing to who may not manage them."""
    if not visit.may(Action.MANAGE_TOKENS):
        return
    new: IssuedToken | None = st.session_state.pop(_NEW, None)
    with st.expander("Aanleveren vanuit uw eigen systeem", expanded=new is not None, key="tokens"):
        st.html(
            element(
                "p",
                "Een systeem van uw regio levert aan met een toegangscode. Wie de code heeft, kan namens uw regio "
                "aanleveren. Bewaar haar zoals een wachtwoord, en trek haar in als zij niet meer nodig is.",
            )
        )
        show_told(Place.TOKENS)
        if new is not None:
            _show_new(new)
        own = [token for token in tokens(visit.home, actor=visit.actor) if token.region == visit.region_code]
        if own:
            st.html(table_html(token_table(own)))
        _ask_new(visit)
        _ask_revoking(visit, [token for token in own if token.is_valid])


def token_table(own: Sequence[Token]) -> Table:
    """The tokens of a region, without what is secret."""
    return Table(
        "Toegangscodes van uw regio",
        ("Naam", "Kenmerk", "Gemaakt", "Stand"),
        [
            (token.label, token.token_id, f"{moment(token.issued_at)}, {token.issued_by}", _state(token))
            for token in own
        ],
        stacks=True,
    )


def _state(token: Token) -> str:
    if token.revoked_at is None:
        return "geldig"
    return f"ingetrokken op {moment(token.revoked_at)}: {token.revoked_reason}"


def _show_new(new: IssuedToken) -> None:
    st.html(
        element(
            "div",
            element("p", f"Dit is de toegangscode voor {new.label}. U ziet haar nu één keer: kopieer haar meteen."),
            element("code", new.secret),
            role="status",
            _class="jzojp-notice jzojp-secret",
        )
    )


def _ask_new(visit: Visit) -> None:
    with st.form("token", border=False, clear_on_submit=True):
        label = st.text_input("Naam van het systeem", max_chars=MAXIMUM_LABEL, key="token_label")
        is_sent = st.form_submit_button("Toegangscode maken")
    if is_sent:
        made = perform(issue_token, visit.home, visit.region_code, label, actor=visit.actor)
        if made is not None:
            st.session_state[_NEW] = made
            st.rerun()


def _ask_revoking(visit: Visit, valid: Sequence[Token]) -> None:
    if not valid:
        return
    names = {token.token_id: f"{token.label} ({token.token_id})" for token in valid}
    with st.form("revocation", border=False, clear_on_submit=True):
        token_id = st.selectbox("Toegangscode", list(names), format_func=names.__getitem__, key="revoked_token")
        reason = st.text_input("Waarom trekt u haar in? (verplicht)", key="revocation_reason")
        is_sent = st.form_submit_button("Toegangscode intrekken")
    revoke = partial(revoke_token, visit.home, token_id or "", reason=reason, actor=visit.actor)
    if is_sent and perform(revoke) is not None:
        tell(Place.TOKENS, f"Toegangscode {names[token_id or '']} is ingetrokken.")
        st.rerun()
