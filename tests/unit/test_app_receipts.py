"""The answer to a delivery in words, tables and a document: counted, escaped, complete."""

import re
from html.parser import HTMLParser

import pytest

from app.delivery_history import SHOWN as LISTED
from app.delivery_history import history_table
from app.finding_tables import SEVERITIES, SHOWN, SIGN, counts_text, finding_table, group_table, readable
from app.marked_file import marked_label, marked_name
from app.receipt_document import receipt_document, receipt_file_name
from app.receipt_words import act_table, act_words, answer_html, difference_table, facts_html, title_of
from expectations.findings import Finding, FindingGroup, Outcome, Severity
from indicators.errors import UnknownCodeError
from register.event_fields import AnsweredRows, Changes, Difference
from register.events import Accepted, Confirmed, Purged, Received, Reinstated, Rejected, Withdrawn
from register.personal_data import HIDDEN
from register.receipts import Act, Receipt
from register.submissions import SubmissionState
from tests.support_ledger import NEW_YEAR

NASTY = "<script>alert(1)</script>"


def finding(row: int | None = 7, message: str = NASTY) -> Finding:
    return Finding(
        row=row, column="Teller", value=NASTY, rule="getal.geen_getal", severity=Severity.ERROR, message=message,
        remedy="Schrijf een getal.",
    )  # fmt: skip


def group(count: int = 3, first_row: int | None = 7) -> FindingGroup:
    return FindingGroup(
        rule="getal.geen_getal", column=None, severity=Severity.WARNING, count=count, first_row=first_row,
        message=NASTY, remedy="Schrijf een getal.",
    )  # fmt: skip


def receipt(**changes: object) -> Receipt:
    """A rejected file of which every text is nasty."""
    known: dict[str, object] = {
        "submission": 12, "outcome": Outcome.REJECTED, "state": SubmissionState.REJECTED, "rows_read": 1234,
        "findings": (finding(),), "groups": (group(),), "finding_counts": {Severity.ERROR: 1},
        "normalisations": (NASTY,), "region": "ZK08", "period": "2025Q4", "file_name": f"{NASTY}.csv",
        "sha256": "a" * 64, "size": 12_345, "received_at": NEW_YEAR, "received_from": NASTY,
        "message": NASTY, "sentences": (NASTY,),
        "acts": (Act(kind="withdrawn", sequence=3, occurred_at=NEW_YEAR, actor=NASTY, reason=NASTY),),
        "dataset_rows": {"OUD08": AnsweredRows(asked=1, delivered=1, warned=0)},
        "changes": Changes(
            replaces=(4,), datasets=("OUD08",), added=0, removed=0, altered=1,
            differences=(difference(30.0, 31.0),),
        ),
    }  # fmt: skip
    return Receipt.model_validate(known | changes)


def difference(before: float | None, after: float | None) -> Difference:
    return Difference(measure="OUD08.teller", area="ZK08", age_band="totaal", sex="totaal", before=before, after=after)


class _Outside(HTMLParser):
    """Collects what a page would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag in {"script", "link", "iframe", "img", "form", "object"} or names & {"src", "href", "srcset"}:
            self.found.append(tag)
        self.found += [name for name in names if name.startswith("on")]


def test_the_document_is_whole_dutch_and_asks_nothing_from_elsewhere() -> None:
    page = receipt_document(receipt()).decode()
    outside = _Outside()
    outside.feed(page)
    assert outside.found == []
    assert page.startswith("<!doctype html>")
    assert '<html lang="nl">' in page
    assert "@media print" in page
    assert "url(" not in page
    assert NASTY not in page
    for text in ("Aanlevering 12", "a" * 64, "12 kB", "1 januari 2026, 13.00 uur", "1.234 rijen gelezen", "+1"):
        assert text in page


def test_every_part_escapes_what_others_wrote() -> None:
    for part in (answer_html(receipt()), facts_html(receipt())):
        assert NASTY not in part
        assert "&lt;script&gt;" in part


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ({}, "geen opmerkingen"),
        ({Severity.ERROR: 1}, "1 fout"),
        ({Severity.INFO: 2, Severity.ERROR: 1200, Severity.WARNING: 1}, "1.200 fouten, 1 waarschuwing, 2 opmerkingen"),
        ({Severity.ERROR: 0, Severity.INFO: 1}, "1 opmerking"),
    ],
)
def test_counts_are_worst_first(counts: dict[Severity, int], text: str) -> None:
    assert counts_text(counts) == text


def test_every_severity_has_a_word() -> None:
    assert set(SEVERITIES) == set(Severity)


def test_a_group_tells_how_often_and_where_first() -> None:
    (row,) = group_table([group()]).rows
    assert row[1:3] == ("3", "heel bestand")
    assert "voor het eerst in rij 7" in row[3]
    (once,) = group_table([group(count=1)]).rows
    assert "rij 7" in once[3]
    assert "voor het eerst" not in once[3]
    (whole,) = group_table([group(first_row=None)]).rows
    assert "rij" not in whole[3]


def test_only_the_first_findings_are_shown_and_all_are_counted() -> None:
    table = finding_table([finding(row) for row in range(2, 202)], {Severity.ERROR: 19_000})
    assert len(table.rows) == SHOWN
    assert table.caption == "De eerste 50 van 19.000 meldingen"
    assert finding_table([finding()], {Severity.ERROR: 1}).caption == "1 melding"
    assert finding_table([finding(row=None)], {Severity.ERROR: 1}).rows[0][0] == "heel bestand"


def test_words_that_are_not_shown_become_one_sign() -> None:
    told = readable(f"De teller ({HIDDEN}) is groter dan de noemer ({HIDDEN}{HIDDEN}).")
    assert told == f"De teller ({SIGN}) is groter dan de noemer ({SIGN})."
    hidden = finding(message=f"'{HIDDEN}' is geen getal.").model_copy(update={"value": HIDDEN})
    assert finding_table([hidden], {Severity.ERROR: 1}).rows[0][2] == SIGN
    assert group_table([group().model_copy(update={"message": HIDDEN, "first_row": None})]).rows[0][3] == SIGN


def test_a_rejected_file_is_to_be_mended_unless_it_must_be_purged() -> None:
    assert "Verbeter de fouten" in answer_html(receipt())
    assert "Verbeter de fouten" not in answer_html(receipt(has_personal_data=True))
    assert "Verbeter de fouten" not in answer_html(receipt(outcome=Outcome.ACCEPTED))


@pytest.mark.parametrize("state", SubmissionState)
def test_every_state_has_a_heading_and_a_tone(state: SubmissionState) -> None:
    shown = answer_html(receipt(state=state))
    assert state.words.capitalize() in shown
    assert re.search(r"jzojp-answer jzojp-(good|attention|bad|past)", shown)


def test_a_check_and_a_refusal_are_called_what_they_are() -> None:
    checked = receipt(submission=None, state=None, outcome=Outcome.ACCEPTED_WITH_WARNINGS, received_at=None)
    assert title_of(checked) == "Controle zonder te bewaren"
    assert "Geen fouten, wel waarschuwingen" in answer_html(checked)
    assert "niet bewaard" in facts_html(checked)
    refused = receipt(submission=None, state=None, sha256=None, received_at=None)
    assert title_of(refused) == "Bestand niet aangenomen"
    assert "Niet aangenomen" in answer_html(refused)


def test_every_event_about_a_submission_has_words() -> None:
    events = (Received, Accepted, Rejected, Confirmed, Withdrawn, Reinstated, Purged)
    kinds = [str(event.model_fields["kind"].default) for event in events]
    table = act_table([Act(kind=kind, sequence=1, occurred_at=NEW_YEAR, actor="x", reason=None) for kind in kinds])
    assert all(row[0] for row in table.rows)
    with pytest.raises(UnknownCodeError, match="bekend zijn"):
        act_words(Act(kind="nonsense", sequence=1, occurred_at=NEW_YEAR, actor="x", reason=None))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (30.0, 31.0, ("30", "31", "+1")), (31.0, 30.0, ("31", "30", "−1")),
        (None, 30.0, ("geen getal", "30", "")), (30.0, None, ("30", "geen getal", "")),
    ],
)  # fmt: skip
def test_a_difference_has_its_sign(before: float | None, after: float | None, shown: tuple[str, str, str]) -> None:
    (row,) = difference_table([difference(before, after)]).rows
    assert row[3:] == shown


def test_the_history_links_to_each_answer_and_says_when_it_is_cut() -> None:
    table = history_table([receipt(is_on_time=False)], address=lambda item: f"aanleveren?aanlevering={item.submission}")
    ((number, period, received, file_name, standing),) = table.rows
    assert 'href="aanleveren?aanlevering=12"' in number
    assert period == "4e kwartaal 2025"
    assert "na de uiterste datum" in received
    assert file_name == f"{NASTY}.csv"
    assert "afgekeurd" in standing
    many = history_table([receipt()] * (LISTED + 1), address=lambda _: "")
    assert len(many.rows) == LISTED
    assert "de bovenste 100 van 101" in many.caption


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "fouten"),
        ({"finding_counts": {Severity.WARNING: 2}}, "waarschuwingen"),
        ({"finding_counts": {Severity.INFO: 2}}, None),
        ({"has_personal_data": True}, None),
        ({"sha256": None}, None),
    ],
)
def test_the_marked_copy_is_offered_when_there_is_something_to_mark(
    changes: dict[str, object], words: str | None
) -> None:
    assert marked_label(receipt(**changes)) == (words and f"Uw bestand met de {words} gemarkeerd (Excel)")


def test_files_that_are_kept_have_plain_names() -> None:
    assert receipt_file_name(receipt()) == "ontvangstbewijs-ZK08-2025Q4-12"
    assert receipt_file_name(receipt(submission=None)) == "ontvangstbewijs-ZK08-2025Q4-controle"
    assert marked_name("levering Q4.v2.csv") == "gemarkeerd-levering Q4.v2.xlsx"
