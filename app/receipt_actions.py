"""What somebody can do with a submission: confirm, withdraw, reinstate, purge, and keep files of it.

Belongs here: the forms and buttons. Whether the state allows it is in the receipt, whether the visitor may do it is
asked with `may`, and both are decided again in the use case when the button is pressed.
"""

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

import streamlit as st

from app import intake_worker
from app.marked_file import XLSX, marked_label, marked_name, marked_submission
from app.markup import element
from app.receipt_document import receipt_document, receipt_file_name
from app.visits import Place, Visit, perform, show_told, tell
from register import decisions, history
from register.access import Action
from register.lookup import MAXIMUM_REASON
from register.receipts import Receipt

_READ_ALONG: Final = "Programmamedewerkers lezen dit mee. Schrijf geen persoonsgegevens op."
_ASKED: Final = "asked_to_reinstate"
_PURGE_REASON: Final = "Er staan persoonsgegevens in het bestand."


class _Form(NamedTuple):
    """A button with a reason: what it says and what it does."""

    key: str
    question: str
    button: str
    done: str
    act: Callable[[str], Receipt]
    suggestion: str = ""
    place: Place = Place.DECISION
    is_main: bool = False


def show_decisions(receipt: Receipt, visit: Visit) -> None:
    """What the sender is asked to decide now; nothing to who may not decide."""
    show_told(Place.DECISION)
    if receipt.can_confirm and visit.may(Action.CONFIRM):
        _show_confirmation(receipt, visit)
    if receipt.can_purge and visit.may(Action.PURGE):
        _show_purge(receipt, visit)
    if receipt.can_reinstate and visit.may(Action.REINSTATE):
        _show_reinstating(receipt, visit)


def show_withdrawal(receipt: Receipt, visit: Visit) -> None:
    """Taking a submission back, folded because it is rarely wanted."""
    show_told(Place.WITHDRAWAL)
    if not (receipt.can_withdraw and visit.may(Action.WITHDRAW)):
        return
    with st.expander("Deze aanlevering intrekken", key="withdrawal"):
        _say("De rijen tellen dan niet meer mee. Wat hiervoor gold, geldt weer. Het bestand blijft bewaard.")
        _ask(
            _Form(
                key=f"withdraw_{receipt.submission}",
                question="Waarom trekt u deze aanlevering in? (verplicht)",
                button="Intrekken",
                done=f"Aanlevering {receipt.submission} is ingetrokken en telt niet meer mee.",
                place=Place.WITHDRAWAL,
                act=lambda reason: decisions.withdraw(visit.home, _number(receipt), reason=reason, actor=visit.actor),
            )
        )


def show_marked_copy(receipt: Receipt, visit: Visit) -> None:
    """The file itself with its faults marked."""
    label = marked_label(receipt)
    if receipt.submission is None or label is None or not visit.may(Action.READ_SUBMISSION):
        return
    st.download_button(
        label,
        partial(intake_worker.run, marked_submission, visit.home, receipt.submission, visit.actor),
        file_name=marked_name(receipt.file_name),
        mime=XLSX,
        on_click="ignore",
        key="marked",
    )


def show_keepsakes(receipt: Receipt, visit: Visit) -> None:
    """The receipt to print, the receipt for machines, and the file as it was sent."""
    name = receipt_file_name(receipt)
    with st.container(horizontal=True, key="keepsakes"):
        _keep("Ontvangstbewijs om te printen (HTML)", partial(receipt_document, receipt), f"{name}.html", "text/html")
        _keep("Ontvangstbewijs voor systemen (JSON)", partial(_json, receipt), f"{name}.json", "application/json")
        if receipt.submission is not None and _has_readable_file(receipt, visit):
            original = partial(_original, visit, receipt.submission)
            _keep("Het bestand zoals u het stuurde", original, receipt.file_name, "application/octet-stream")


def _show_confirmation(receipt: Receipt, visit: Visit) -> None:
    st.subheader("Bevestigen")
    _say("Deze rijen tellen nog niet mee. Kloppen de cijfers? Bevestig ze dan. Zo niet, lever een verbeterd bestand.")
    _ask(
        _Form(
            key=f"confirm_{receipt.submission}",
            question=f"Waarom kloppen de cijfers? ({'verplicht' if receipt.asks_reason else 'mag leeg blijven'})",
            button="Bevestigen",
            done=f"Aanlevering {receipt.submission} is bevestigd.",
            act=lambda reason: decisions.confirm(
                visit.home, _number(receipt), reason=reason or None, actor=visit.actor
            ),
            is_main=True,
        )
    )


def _show_purge(receipt: Receipt, visit: Visit) -> None:
    st.subheader("Dit bestand wissen")
    _say(
        "Het bestand staat apart en wordt niet gebruikt of gelezen. Als u het wist, wordt het vernietigd. Alleen de "
        "vingerafdruk en uw reden blijven bewaard. Dit kan niet ongedaan worden gemaakt."
    )
    _ask(
        _Form(
            key=f"purge_{receipt.submission}",
            question="Waarom wordt het bestand gewist? (verplicht)",
            button="Bestand wissen",
            done=f"Het bestand van aanlevering {receipt.submission} is gewist.",
            act=lambda reason: decisions.purge(visit.home, _number(receipt), reason=reason, actor=visit.actor),
            suggestion=_PURGE_REASON,
            is_main=True,
        )
    )


def _show_reinstating(receipt: Receipt, visit: Visit) -> None:
    """Folded, unless the same bytes came once more: then it is the question."""
    if st.session_state.get(_ASKED) == receipt.submission:
        st.subheader("Deze aanlevering weer laten gelden")
        _ask_reinstating(receipt, visit)
        return
    with st.expander("Deze aanlevering weer laten gelden", key="reinstating"):
        _ask_reinstating(receipt, visit)


def _ask_reinstating(receipt: Receipt, visit: Visit) -> None:
    _say("De rijen tellen dan weer mee, alsof u het bestand nu aanlevert. Wat nu geldt voor deze rijen, vervalt.")
    _ask(
        _Form(
            key=f"reinstate_{receipt.submission}",
            question="Waarom moet deze aanlevering weer gelden? (verplicht)",
            button="Weer laten gelden",
            done=f"Aanlevering {receipt.submission} geldt weer.",
            act=lambda reason: decisions.reinstate(visit.home, _number(receipt), reason=reason, actor=visit.actor),
        )
    )


def ask_reinstating(number: int) -> None:
    """Let the question whether a submission must count again stand open: its bytes came once more."""
    st.session_state[_ASKED] = number


def _ask(form: _Form) -> None:
    """A reason and a button; afterwards the page is made again with what is so then."""
    with st.form(f"form_{form.key}", enter_to_submit=False, border=False):
        st.caption(_READ_ALONG)
        reason = st.text_area(
            form.question,
            value=form.suggestion,
            max_chars=MAXIMUM_REASON,
            height=80,
            key=f"reason_{form.key}",
        )
        is_sent = st.form_submit_button(form.button, type="primary" if form.is_main else "secondary")
    if is_sent and perform(form.act, reason) is not None:
        tell(form.place, form.done)
        st.rerun()


def _say(text: str) -> None:
    st.html(element("p", text))


def _keep(label: str, content: Callable[[], bytes], file_name: str, mime: str) -> None:
    st.download_button(label, content, file_name=file_name, mime=mime, on_click="ignore", key=f"keep_{mime}")


def _json(receipt: Receipt) -> bytes:
    return receipt.model_dump_json(indent=2).encode()


def _original(visit: Visit, number: int) -> bytes:
    return history.raw_file(visit.home, number, actor=visit.actor)[1]


def _has_readable_file(receipt: Receipt, visit: Visit) -> bool:
    return not receipt.has_personal_data and visit.may(Action.READ_SUBMISSION)


def _number(receipt: Receipt) -> int:
    """The number of a submission that something can be done with, which therefore exists."""
    if receipt.submission is None:
        raise ValueError("a receipt without a submission cannot be acted on")
    return receipt.submission
