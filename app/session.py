"""Who is looking, and which data directory they look at.

Belongs here: the actor of this visit, and the role switch of the demo. Until login exists everybody is a reader.
Does not belong here: what a role may do (`register.access`).
"""

import os
from collections.abc import Mapping

import streamlit as st

from app.choices import choose
from register.access import ANYONE, Actor, Role
from register.home import Home

DEMO_VARIABLE = "JZOJP_DEMO"
"""Set to 1 by `jzojp up` when the data directory is a demo."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
ROLES: Mapping[Role, str] = {
    Role.READER: "Lezer",
    Role.DATA_OFFICER: "Datamedewerker van een regio",
    Role.POLICY_OFFICER: "Beleidsmedewerker van een regio",
    Role.PROGRAMME_STAFF: "Programmamedewerker",
    Role.OPERATOR: "Beheerder",
}
_ACTOR = "actor"


def home() -> Home:
    """The data directory of this server."""
    return Home.from_environment()


def current_actor() -> Actor:
    """Who is looking, as `main.py` decided at the start of this run."""
    actor: Actor = st.session_state.get(_ACTOR, ANYONE)
    return actor


def remember_actor(actor: Actor) -> None:
    """Make `actor` the one who is looking during this run."""
    st.session_state[_ACTOR] = actor


def has_role_switch() -> bool:
    """Whether a visitor may choose a role: only in a demo that nobody outside this machine can reach."""
    return os.environ.get(DEMO_VARIABLE) == "1" and st.get_option("server.address") in LOOPBACK


def role_label(region_names: Mapping[str, str]) -> str:
    """The words on the role switch: the role in which the visitor looks now, and for which region."""
    chosen = st.query_params.get("rol", st.session_state.get("choice_rol", Role.READER))
    words = ROLES[Role(chosen) if chosen in ROLES else Role.READER].lower()
    region = region_names.get(st.query_params.get("van", st.session_state.get("choice_van", "")), "een regio")
    return f"Demo, u kijkt als: {words.replace('een regio', region)}"


def choose_actor(region_names: Mapping[str, str]) -> Actor:
    """The role switch of the demo.

    Args:
        region_names: code and name of every region.
    """
    chosen = Role(choose("Rol", "rol", {role.value: words for role, words in ROLES.items()}, default=Role.READER))
    if not chosen.is_regional:
        return Actor(name=f"demo: {ROLES[chosen].lower()}", role=chosen)
    region = choose("Regio van deze medewerker", "van", region_names, default=next(iter(region_names)))
    return Actor(name=f"demo: {ROLES[chosen].lower()}", role=chosen, region=region)
