"""The words and parts of the answer to a delivery, for the page and for the receipt that a sender keeps.

Belongs here: HTML made from a `Receipt`, once. Does not belong here: its sentences (`register.receipt_words`), tables
of findings (`app/finding_tables.py`), and showing (`app/receipt_view.py`).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from app.figures import file_size, long_date, moment, number, period_name
from app.finding_tables import counts_text
from app.markup import Content, Html, Table, element, join
from app.snapshots import region_names
from expectations.findings import Outcome
from indicators.areas import area_register
from indicators.errors import UnknownCodeError
from indicators.measures import catalogue
from register.event_fields import Difference
from register.receipts import Act, Receipt
from register.submissions import SubmissionState

_OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.ACCEPTED: "Geen fouten gevonden",
    Outcome.ACCEPTED_WITH_WARNINGS: "Geen fouten, wel waarschuwingen",
    Outcome.REJECTED: "Fouten gevonden",
}
_ACTS: Final[Mapping[str, str]] = {
    "received": "Ontvangen",
    "accepted": "Gecontroleerd, goed bevonden",
    "rejected": "Gecontroleerd, afgekeurd",
    "confirmed": "Bevestigd",
    "withdrawn": "Ingetrokken",
    "reinstated": "Hersteld",
    "purged": "Gewist",
}
_OUTCOME_CLASSES: Final[Mapping[Outcome, str]] = {
    Outcome.ACCEPTED: "jzojp-good",
    Outcome.ACCEPTED_WITH_WARNINGS: "jzojp-attention",
    Outcome.REJECTED: "jzojp-bad",
}
_STATE_CLASSES: Final[Mapping[SubmissionState, str]] = {
    SubmissionState.RECEIVED: "jzojp-past",
    SubmissionState.REJECTED: "jzojp-bad",
    SubmissionState.AWAITING_CONFIRMATION: "jzojp-attention",
    SubmissionState.ACCEPTED: "jzojp-good",
    SubmissionState.PARTLY_SUPERSEDED: "jzojp-good",
    SubmissionState.SUPERSEDED: "jzojp-past",
    SubmissionState.WITHDRAWN: "jzojp-past",
    SubmissionState.PURGED: "jzojp-past",
}
_MEND: Final = "Verbeter de fouten in het bestand en lever het opnieuw aan."
_NO_NUMBER: Final = "geen getal"


def title_of(receipt: Receipt) -> str:
    """What the answer is about: the submission, or the file that was only checked or refused at the door."""
    if receipt.submission is not None:
        return f"Aanlevering {receipt.submission}"
    return "Controle zonder te bewaren" if receipt.sha256 else "Bestand niet aangenomen"


def act_words(act: Act) -> str:
    """What happened, in Dutch.

    Raises:
        UnknownCodeError: this kind of event has no words yet.
    """
    if act.kind not in _ACTS:
        raise UnknownCodeError(f"'{act.kind}' is geen bekende gebeurtenis; bekend zijn {', '.join(_ACTS)}.")
    return _ACTS[act.kind]


def answer_html(receipt: Receipt) -> Html:
    """The verdict in one block: how it stands, what happened, how many rows and findings, and what follows."""
    counted = _counted(receipt) if receipt.outcome else ""
    lines = [receipt.message, counted, _MEND if _is_to_mend(receipt) else "", *receipt.sentences]
    return element(
        "div",
        element("p", _verdict(receipt), _class="jzojp-verdict"),
        *(element("p", line) for line in lines if line),
        role="status",
        _class=f"jzojp-answer {_tone(receipt)}",
    )


def facts_html(receipt: Receipt) -> Html:
    """What the sender can keep: number, file, fingerprint and time."""
    region = region_names().get(receipt.region, "")
    facts = (
        ("Nummer", "geen" if receipt.submission is None else str(receipt.submission)),
        ("Ontvangen op", "niet bewaard" if receipt.received_at is None else moment(receipt.received_at)),
        ("Aangeleverd door", receipt.received_from or ""),
        ("Regio", f"{region} ({receipt.region})"),
        ("Periode", period_name(receipt.period)),
        ("Uiterste datum", "" if receipt.due_date is None else long_date(receipt.due_date)),
        ("Bestand", f"{receipt.file_name} ({file_size(receipt.size)})"),
        ("Vingerafdruk (SHA-256)", receipt.sha256 or ""),
    )
    pairs = [join([element("dt", term), element("dd", text)]) for term, text in facts if text]
    return element("dl", *pairs, _class="jzojp-facts")


def normalisations_html(texts: Sequence[str]) -> Html:
    """What was read otherwise than it was written."""
    return element("ul", *(element("li", text) for text in texts), _class="jzojp-list")


def dataset_table(receipt: Receipt) -> Table:
    """How much of what is asked the file answers, per indicator."""
    return Table(
        "Ingevulde rijen per indicator",
        ("Indicator", "Gevraagd", "Als getal geleverd", "Met waarschuwing"),
        [
            (_dataset_name(code), number(rows.asked), number(rows.delivered), number(rows.warned))
            for code, rows in receipt.dataset_rows.items()
        ],
        numeric=frozenset({1, 2, 3}),
        stacks=True,
    )


def difference_table(differences: Sequence[Difference]) -> Table:
    """The counts that change most, with what counted before."""
    return Table(
        "De grootste verschillen",
        ("Wat er geteld is", "Gebied", "Leeftijd en geslacht", "Eerst", "Nu", "Verschil"),
        [_difference_row(item) for item in differences],
        numeric=frozenset({3, 4, 5}),
        stacks=True,
    )


def act_table(acts: Sequence[Act]) -> Table:
    """Everything that happened to a submission, in order."""
    return Table(
        "Wat er met deze aanlevering gebeurde",
        ("Wat", "Wanneer", "Door", "Reden"),
        [(act_words(act), moment(act.occurred_at), act.actor, act.reason or "") for act in acts],
        stacks=True,
    )


def _verdict(receipt: Receipt) -> str:
    if receipt.state is not None:
        return receipt.state.words.capitalize()
    return _OUTCOMES[receipt.outcome] if receipt.outcome and receipt.sha256 else "Niet aangenomen"


def _tone(receipt: Receipt) -> str:
    if receipt.state is not None:
        return _STATE_CLASSES[receipt.state]
    return _OUTCOME_CLASSES[receipt.outcome or Outcome.REJECTED]


def _is_to_mend(receipt: Receipt) -> bool:
    return receipt.outcome is Outcome.REJECTED and receipt.sha256 is not None and not receipt.has_personal_data


def _counted(receipt: Receipt) -> str:
    rows = "1 rij" if receipt.rows_read == 1 else f"{number(receipt.rows_read)} rijen"
    return f"{rows} gelezen, {counts_text(receipt.finding_counts)}."


def _dataset_name(code: str) -> Content:
    return join([catalogue().dataset(code).name, element("small", code)])


def _difference_row(item: Difference) -> Sequence[Content]:
    stratum = "totaal" if item.age_band == item.sex == "totaal" else f"{item.age_band}, {item.sex}"
    change = None if item.before is None or item.after is None else item.after - item.before
    return (
        join([catalogue().measures[item.measure].name, element("small", item.measure)]),
        join([area_register().area(item.area).name, element("small", item.area)]),
        stratum,
        _count(item.before),
        _count(item.after),
        "" if change is None else f"{'+' if change > 0 else ''}{number(change)}",
    )


def _count(value: float | None) -> str:
    return _NO_NUMBER if value is None else number(value)
