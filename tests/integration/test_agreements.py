"""Afspraken in the register: who may, which version, what is kept, what a file does, and what can be erased."""

import io
import json
import pickle
import sqlite3
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indicators.definition_model import Theme
from orchestration import command_line
from register import agreements
from register.access import OPERATOR, Actor
from register.agreement_draft import AgreementDraft
from register.agreement_export import AgreementFormat, export
from register.agreement_faults import AgreementRule
from register.agreement_fields import AgreementStatus
from register.agreement_import import Effect, import_agreements
from register.agreement_views import AgreementView
from register.errors import (
    AccessDeniedError,
    AgreementRefusedError,
    ReasonNeededError,
    StaleVersionError,
    UnknownRecordError,
    WrongStateError,
)
from register.events import DemoStarted
from register.functie_list import add_functie, functie_list
from register.home import Home
from register.ledger import Ledger
from register.persons import is_untouched
from tests.support_agreements import DATA, NEIGHBOUR, POLICY, READER, STAFF, TODAY, made, sound


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def edited(view: AgreementView, **changes: Any) -> AgreementDraft:
    draft: AgreementDraft = view.draft.model_copy(update=changes)
    return draft


def changed(home: Home, view: AgreementView, **changes: Any) -> AgreementView:
    draft = edited(view, **changes)
    return agreements.change(home, view.code, draft, version=view.version, reason="overleg", actor=POLICY, today=TODAY)


def test_the_register_gives_the_code_and_counts_per_region(home: Home) -> None:
    first, second = made(home), made(home)
    other = agreements.make(home, sound(region="ZK08"), actor=NEIGHBOUR, today=TODAY)
    assert [first.code, second.code, other.code] == ["ZK33-A001", "ZK33-A002", "ZK08-A001"]
    assert first.status.status is AgreementStatus.VOORGENOMEN


def test_what_is_refused_leaves_nothing_behind(home: Home) -> None:
    with pytest.raises(AgreementRefusedError, match="2 fouten"):
        agreements.make(home, sound(theme="x", owner="y"), actor=POLICY, today=TODAY)
    assert Ledger(home).head() == 0


@pytest.mark.parametrize("actor", [NEIGHBOUR, DATA, STAFF, READER])
def test_only_the_policy_officer_of_the_region_makes_and_changes(home: Home, actor: Actor) -> None:
    view = made(home, is_public=True)
    with pytest.raises(AccessDeniedError):
        agreements.make(home, sound(), actor=actor, today=TODAY)
    with pytest.raises(AccessDeniedError):
        agreements.change(home, view.code, view.draft, version=view.version, reason="x", actor=actor, today=TODAY)
    with pytest.raises(AccessDeniedError):
        agreements.withdraw(home, view.code, version=view.version, reason="x", actor=actor)
    assert Ledger(home).head() == 1


def test_who_may_see_what(home: Home) -> None:
    hidden, shown = made(home), made(home, is_public=True)
    for actor in (POLICY, DATA, STAFF, OPERATOR):
        views = agreements.agreements(home, actor=actor)
        assert [view.code for view in views] == [hidden.code, shown.code]
        assert views[0].agreement.money
        assert views[0].contacts[0].name == "Anna de Vries"
    for actor in (NEIGHBOUR, READER):
        (view,) = agreements.agreements(home, actor=actor)
        assert view.code == shown.code
        assert not view.is_whole
        assert (view.contacts, view.agreement.money, view.agreement.obstacle) == ((), (), None)
        with pytest.raises(UnknownRecordError):
            agreements.agreement(home, hidden.code, actor=actor)
        with pytest.raises(AccessDeniedError):
            agreements.agreement_history(home, shown.code, actor=actor)


def test_a_list_can_be_narrowed(home: Home) -> None:
    made(home)
    made(home, theme="ouderen", functie="F01", indicators=[])
    assert len(agreements.agreements(home, "ZK33", theme=Theme.OUDEREN, actor=POLICY)) == 1
    assert len(agreements.agreements(home, functie="F09", actor=POLICY)) == 1
    assert len(agreements.agreements(home, indicator="PRE02", actor=POLICY)) == 1
    assert agreements.agreements(home, "ZK08", actor=STAFF) == []


def test_a_change_on_an_older_version_is_refused(home: Home) -> None:
    first = made(home)
    second = changed(home, first, opgave="iets anders")
    with pytest.raises(StaleVersionError, match="versie 1"):
        changed(home, first, opgave="nog iets")
    assert agreements.agreement(home, first.code, actor=POLICY).version == second.version


def test_the_same_again_changes_nothing_and_a_change_has_a_reason(home: Home) -> None:
    view = made(home)
    assert changed(home, view).version == view.version
    with pytest.raises(ReasonNeededError):
        agreements.change(home, view.code, view.draft, version=view.version, reason=" ", actor=POLICY)


def test_the_history_says_who_when_why_and_what_field_by_field(home: Home) -> None:
    view = changed(home, made(home), doel="helft minder valongevallen", is_public=True)
    agreements.set_status(
        home, view.code, AgreementStatus.LOOPT, since=TODAY, version=view.version, reason="begonnen", actor=POLICY,
        today=TODAY,
    )  # fmt: skip
    steps = agreements.agreement_history(home, view.code, actor=STAFF)
    assert [step.what for step in steps] == ["gemaakt", "gewijzigd", "stand gewijzigd"]
    assert steps[1].changes == (
        ("doel", "minder ernstige valongevallen", "helft minder valongevallen"), ("openbaar", "nee", "ja"),
    )  # fmt: skip
    assert (steps[1].actor_name, steps[1].reason) == (POLICY.name, "overleg")
    assert steps[2].changes[0].after == "loopt sinds 2026-03-01"


def test_a_state_begins_on_a_day_that_was_and_not_before_the_last(home: Home) -> None:
    view = made(home)

    def put(version: int, since: date) -> AgreementView:
        return agreements.set_status(
            home, view.code, AgreementStatus.LOOPT, since=since, version=version, reason="r", actor=POLICY, today=TODAY
        )

    with pytest.raises(AgreementRefusedError, match="toekomst"):
        put(view.version, date(2026, 3, 2))
    running = put(view.version, TODAY)
    with pytest.raises(AgreementRefusedError, match="vorige verandering"):
        put(running.version, date(2026, 2, 1))


def test_a_withdrawn_afspraak_is_gone_from_lists_and_stays_as_it_is(home: Home) -> None:
    view = made(home)
    gone = agreements.withdraw(home, view.code, version=view.version, reason="dubbel", actor=POLICY)
    assert agreements.agreements(home, actor=POLICY) == []
    assert [item.code for item in agreements.agreements(home, with_withdrawn=True, actor=POLICY)] == [view.code]
    with pytest.raises(WrongStateError, match="ingetrokken"):
        agreements.change(home, view.code, view.draft, version=gone.version, reason="x", actor=POLICY)
    assert made(home).code == "ZK33-A002"


def test_no_contact_person_is_in_the_ledger_and_who_is_no_longer_named_is_erased_from_the_file(home: Home) -> None:
    view = made(home)
    reference = Ledger(home).events()[0].content.agreement.contacts[0]  # type: ignore[union-attr]
    assert is_untouched(home, reference)
    assert "Vries" not in Ledger(home).events()[0].canonical_json()
    assert b"Vries" in _bytes_of_the_register(home)
    after = changed(home, view, contacts=())
    assert after.contacts == ()
    assert not is_untouched(home, reference)
    assert b"Vries" not in _bytes_of_the_register(home)
    assert Ledger(home).verify() == 2


def test_somebody_who_stays_keeps_his_own_reference(home: Home) -> None:
    changed(home, made(home), doel="anders")
    first, second = (event.content.agreement.contacts for event in Ledger(home).events())  # type: ignore[union-attr]
    assert first == second


def _bytes_of_the_register(home: Home) -> bytes:
    return b"".join(path.read_bytes() for path in home.ledger_path.parent.glob(f"{home.ledger_path.name}*"))


def test_a_region_adds_a_functie_and_uses_it(home: Home) -> None:
    with pytest.raises(AccessDeniedError):
        add_functie(home, "ZK33", name="buurtcirkel", theme=Theme.GGZ, reason="bestaat hier", actor=NEIGHBOUR)
    added = add_functie(home, "ZK33", name="buurtcirkel", theme=Theme.GGZ, reason="bestaat hier", actor=POLICY)
    assert added.code == "ZK33-F01"
    assert functie_list(home)["ZK33-F01"].name == "buurtcirkel"
    assert made(home, functie="ZK33-F01").agreement.functie == "ZK33-F01"
    with pytest.raises(WrongStateError, match="ZK33-F01"):
        add_functie(home, "ZK33", name="Buurtcirkel", theme=Theme.GGZ, reason="nog eens", actor=POLICY)


@pytest.mark.parametrize("format_", AgreementFormat)
def test_what_is_exported_comes_back_as_it_was(home: Home, format_: AgreementFormat) -> None:
    made(home)
    made(home, contacts=[], money=[], indicators=[], examples=[], is_public=True)
    head = Ledger(home).head()
    file = export(home, "ZK33", format_, actor=POLICY)
    assert file.file_name == f"afspraken_ZK33.{format_}"
    report = import_agreements(home, file.content, reason="terug", actor=POLICY, today=TODAY)
    assert [line.effect for line in report.lines] == [Effect.UNCHANGED, Effect.UNCHANGED]
    assert Ledger(home).head() == head


def test_a_file_makes_and_changes_and_a_dry_run_only_says_so(home: Home) -> None:
    view = made(home)
    document = json.loads(export(home, "ZK33", AgreementFormat.JSON, actor=POLICY).content)
    new = sound() | {"status": "loopt", "status_since": "2026-02-01", "status_reason": "begonnen"}
    document["agreements"][0]["doel"] = "anders"
    document["agreements"].append(new)
    content = json.dumps(document).encode()
    would = import_agreements(home, content, reason="r", dry_run=True, actor=POLICY, today=TODAY)
    assert Ledger(home).head() == 1
    did = import_agreements(home, content, reason="r", actor=POLICY, today=TODAY)
    assert [asdict(line) for line in would.lines] == [asdict(line) for line in did.lines]
    assert [(line.code, line.effect) for line in did.lines] == [
        (view.code, Effect.CHANGED), ("ZK33-A002", Effect.MADE),
    ]  # fmt: skip
    assert did.lines[0].changes == (("doel", "minder ernstige valongevallen", "anders"),)
    assert agreements.agreement(home, "ZK33-A002", actor=POLICY).status.status is AgreementStatus.LOOPT


def _with_cells(content: bytes, cells: dict[tuple[str, int, str], str | float]) -> bytes:
    """A workbook with other texts in cells, by sheet, row and header."""
    import xlsxwriter  # type: ignore[import-untyped]

    from expectations.reading.workbook_texts import read_workbook_texts, workbook_texts

    target = io.BytesIO()
    sheets: dict[str, dict[tuple[int, int], str | float]] = {}
    for cell in workbook_texts(read_workbook_texts(content)).cells:
        sheets.setdefault(cell.sheet, {})[cell.row, cell.column] = cell.text
    for (sheet, row, header), value in cells.items():
        column = next(place[1] for place, text in sheets[sheet].items() if place[0] == 1 and text == header)
        sheets[sheet][row, column] = value
    with xlsxwriter.Workbook(target) as workbook:
        for name, found in sheets.items():
            sheet = workbook.add_worksheet(name)
            for (row, column), value in found.items():
                sheet.write(row - 1, column, value)
    return target.getvalue()


def test_a_spreadsheet_with_faults_changes_nothing_and_every_fault_has_its_place(home: Home) -> None:
    made(home)
    content = _with_cells(export(home, "ZK33", actor=POLICY).content, {
        ("Afspraken", 2, "Thema"): "wonen",
        ("Afspraken", 2, "Einddatum"): "ooit",
        ("Afspraken", 2, "Versie"): "7",
        ("Afspraken", 3, "Afspraak"): "nieuw1",
        ("Afspraken", 4, "Afspraak"): "ZK33-A009",
        ("Afspraken", 5, "Afspraak"): "nieuw1",
        ("Partijen", 3, "Code"): "GM9999",
        ("Geld", 2, "Bedrag"): -5,
        ("Indicatoren", 2, "Bod"): 15,
        ("Mijlpalen", 3, "Periode"): "2026Q1",
        ("Mijlpalen", 4, "Afspraak"): "ZK33-A001",
        ("Mijlpalen", 4, "Indicator"): "GGZ01",
        ("Voorbeelden", 3, "Afspraak"): "nergens",
    })  # fmt: skip
    with pytest.raises(AgreementRefusedError) as caught:
        import_agreements(home, content, reason="r", actor=POLICY, today=TODAY)
    places = {(item.sheet, item.row, item.column): item.rule for item in caught.value.faults}
    assert {
        ("Afspraken", 2, "Thema"): AgreementRule.UNKNOWN,
        ("Afspraken", 2, "Einddatum"): AgreementRule.FORM,
        ("Afspraken", 2, "Versie"): AgreementRule.STALE,
        ("Afspraken", 3, "Thema"): AgreementRule.REQUIRED,
        ("Afspraken", 4, "Afspraak"): AgreementRule.UNKNOWN,
        ("Afspraken", 5, "Afspraak"): AgreementRule.FILE,
        ("Partijen", 3, "Code"): AgreementRule.UNKNOWN,
        ("Geld", 2, "Bedrag"): AgreementRule.AMOUNT,
        ("Indicatoren", 2, "Richting"): AgreementRule.PATH,
        ("Mijlpalen", 3, None): AgreementRule.PATH,
        ("Mijlpalen", 4, "Indicator"): AgreementRule.FILE,
        ("Voorbeelden", 3, "Afspraak"): AgreementRule.FILE,
    }.items() <= places.items()
    assert "blad Geld, rij 2, kolom Bedrag" in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).faults == caught.value.faults  # noqa: S301 - from the worker of the pages
    assert Ledger(home).head() == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"{}", b"[]", b"PK\x03\x04", b"[" * 99_999, b'{"format": "jzojp-afspraken", "format_version": 1}'],
)  # fmt: skip
def test_another_file_is_refused_in_words(home: Home, content: bytes) -> None:
    with pytest.raises(AgreementRefusedError, match="1 fout"):
        import_agreements(home, content, reason="r", actor=POLICY)


def test_an_afspraak_stands_once_in_a_file(home: Home) -> None:
    made(home)
    document = json.loads(export(home, "ZK33", AgreementFormat.JSON, actor=POLICY).content)
    document["agreements"] *= 2
    with pytest.raises(AgreementRefusedError, match="ZK33-A001' staat er meer dan een keer"):
        import_agreements(home, json.dumps(document).encode(), reason="r", actor=POLICY, today=TODAY)


def test_a_file_of_another_region_is_not_brought_in(home: Home) -> None:
    made(home, is_public=True)
    content = export(home, "ZK33", AgreementFormat.JSON, actor=STAFF).content
    with pytest.raises(AccessDeniedError):
        import_agreements(home, content, reason="r", actor=NEIGHBOUR)
    with pytest.raises(AccessDeniedError):
        export(home, "ZK33", actor=NEIGHBOUR)
    with pytest.raises(AccessDeniedError):
        export(home, actor=POLICY)


def test_a_person_is_written_with_the_event_or_not_at_all(home: Home) -> None:
    def full(_connection: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        Ledger(home).append([DemoStarted(seed=1)], actor=OPERATOR, beside=full)
    assert Ledger(home).head() == 0


def test_the_command_line_brings_out_and_in(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JZOJP_HOME", str(home.path))

    def jzojp(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["jzojp", "agreement", *arguments])
        with pytest.raises(SystemExit) as stopped:
            command_line.main()
        return int(stopped.value.code or 0), capsys.readouterr().out

    made(home)
    path = str(tmp_path / "uit.json")
    assert jzojp("export", "--region", "ZK33", "--as", "json", "--output", path) == (0, f"{path}\n")
    assert jzojp("export", "--region", "ZK33", "--as", "json", "--output", path)[0] == 2
    Path(path).write_text(Path(path).read_text("utf-8").replace("samen", "gemeente"), "utf-8")
    code, said = jzojp("import", path, "--reason", "overleg", "--dry-run", "--format", "json")
    assert (code, json.loads(said)["lines"][0]["effect"]) == (0, "gewijzigd")
    assert jzojp("import", path, "--reason", "overleg")[0] == 0
    code, said = jzojp("import", path, "--reason", "nog eens")
    assert code == 1
    assert "dit is versie 1, nu geldt 2" in said
    code, said = jzojp("list", "--format", "json")
    assert [item["owner"] for item in json.loads(said)] == ["gemeente"]
    assert "Vries" not in said


def test_a_register_of_before_afspraken_is_brought_up_to_date(home: Home) -> None:
    Ledger(home)
    with sqlite3.connect(home.ledger_path) as connection:
        connection.execute("drop table person")
        connection.execute("update alembic_version set version_num = '0001'")
    connection.close()
    assert made(home).contacts[0].e_mail == "anna@voorbeeld.nl"
