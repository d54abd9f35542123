"""A choice that stands in the address of the page, so that a link leads back to it.

Belongs here: choosing one thing by its code. Does not belong here: what can be chosen.
"""

from collections.abc import Mapping

import streamlit as st


def choose(label: str, parameter: str, names: Mapping[str, str], *, default: str) -> str:
    """A drop-down list of `names`; the code chosen is kept in the address and during the visit.

    Args:
        label: what the visitor chooses.
        parameter: the query parameter that carries the code; a code that does not exist is ignored.
        names: what can be chosen: code and the words shown.
        default: the code that is chosen at first.
    """
    key = _prepare(parameter, names, default)
    st.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        key=key,
        on_change=_remember,
        args=(parameter, key),
        persist_state="session",
    )
    return _chosen(parameter, key)


def choose_one_of_few(label: str, parameter: str, names: Mapping[str, str], *, default: str) -> str:
    """The same as `choose` for a handful of options, all in view."""
    key = _prepare(parameter, names, default)
    st.radio(
        label,
        list(names),
        format_func=names.__getitem__,
        key=key,
        on_change=_remember,
        args=(parameter, key),
        persist_state="session",
        horizontal=True,
    )
    return _chosen(parameter, key)


def address_of(page: str, **parameters: str) -> str:
    """The address of a page of this site with the choices made there; the demo role goes along."""
    from urllib.parse import urlencode

    kept = {name: st.query_params[name] for name in ("rol", "van") if name in st.query_params}
    return f"{page}?{urlencode(kept | parameters)}"


def _prepare(parameter: str, names: Mapping[str, str], default: str) -> str:
    key = f"choice_{parameter}"
    asked = st.query_params.get(parameter)
    if asked in names:
        st.session_state[key] = asked
    elif st.session_state.get(key) not in names:
        st.session_state[key] = str(default)
    return key


def _chosen(parameter: str, key: str) -> str:
    code = str(st.session_state[key])
    if st.query_params.get(parameter) != code:
        st.query_params[parameter] = code
    return code


def _remember(parameter: str, key: str) -> None:
    st.query_params[parameter] = st.session_state[key]
