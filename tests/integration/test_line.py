"""From a delivered file to a publication, with every real part in between."""

import pandas as pd
import pytest

from indicators.periods import Period
from orchestration.backlog import backlog, latest_manifest
from orchestration.pipeline import publish, rebuild
from orchestration.snapshot import VIEW_OWN, VIEW_PUBLISHED, MartReader, content_hash
from register.access import OPERATOR
from register.decisions import reinstate, withdraw
from register.home import Home
from register.intake import Delivery, receive
from register.publications import PublicationStatus, damaged_files, pointer
from tests.support_demo import deliver_the_correction

KEYS = ["indicator_code", "area_code", "period_code"]
CHANGED_AREAS = ("GM0106", "ZK06", "GG0706", "JZ04", "AM01", "NL")
"""Where a corrected count of Assen comes back."""
FIGURES = ["numerator", "denominator", "value", "lower_95", "upper_95", "lower_998", "upper_998"]


def silent(_: str) -> None:
    """Say nothing."""


def own_figures(home: Home) -> pd.DataFrame:
    with MartReader(home.warehouse_path) as marts:
        frame: pd.DataFrame = marts.tables(view=VIEW_OWN)["value"].to_pandas()
    return frame.set_index(KEYS)[FIGURES]


def changed_keys(before: pd.DataFrame, after: pd.DataFrame) -> set[tuple[str, str, str]]:
    assert before.index.sort_values().equals(after.index.sort_values())
    old, new = before.sort_index(), after.sort_index()
    differs = ~((old == new) | (old.isna() & new.isna())).all(axis=1)
    return set(old.index[differs])


def test_a_correction_changes_exactly_the_figures_it_should_and_the_manifest_names_it(demo_home: Home) -> None:
    before, first = own_figures(demo_home), latest_manifest(demo_home)
    assert first is not None
    receipt = deliver_the_correction(demo_home)
    corrected = Period.parse(receipt.period)
    assert backlog(demo_home).cells == [(corrected, "ZK06")]
    report = publish(demo_home, status=PublicationStatus.CONCEPT, actor=OPERATOR, say=silent)
    assert report.manifest is not None
    assert report.is_new
    touched = [corrected.code, corrected.shifted(1).code]
    expected = {("PRE02", area, period) for area in CHANGED_AREAS for period in touched}
    assert changed_keys(before, own_figures(demo_home)) == expected
    assert [(item.number, item.dataset) for item in report.manifest.inputs_added] == [(receipt.submission, "PRE02")]
    assert [(item.region, item.period, item.dataset) for item in report.manifest.inputs_removed] == [
        ("ZK06", corrected.code, "PRE02")
    ]
    assert report.manifest.indicators_changed == ("PRE02",)
    assert report.manifest.previous == first.id
    assert damaged_files(demo_home, first.id) == damaged_files(demo_home, report.manifest.id) == []


def test_a_withdrawn_correction_gives_the_figures_of_before(demo_home: Home) -> None:
    before = own_figures(demo_home)
    receipt = deliver_the_correction(demo_home)
    publish(demo_home, status=PublicationStatus.CONCEPT, actor=OPERATOR, say=silent)
    withdraw(demo_home, int(receipt.submission or 0), reason="toch niet goed", actor=OPERATOR)
    publish(demo_home, status=PublicationStatus.CONCEPT, actor=OPERATOR, say=silent)
    assert changed_keys(before, own_figures(demo_home)) == set()


def test_a_reinstated_correction_gives_the_corrected_figures_again(demo_home: Home) -> None:
    number = int(deliver_the_correction(demo_home).submission or 0)
    publish(demo_home, status=PublicationStatus.CONCEPT, actor=OPERATOR, say=silent)
    corrected = own_figures(demo_home)
    withdraw(demo_home, number, reason="toch niet goed", actor=OPERATOR)
    publish(demo_home, status=PublicationStatus.CONCEPT, actor=OPERATOR, say=silent)
    reinstate(demo_home, number, reason="toch wel goed", actor=OPERATOR)
    publish(demo_home, status=PublicationStatus.CONCEPT, actor=OPERATOR, say=silent)
    assert changed_keys(corrected, own_figures(demo_home)) == set()


def test_nothing_new_makes_no_publication(demo_home: Home) -> None:
    before = pointer(demo_home)
    report = publish(demo_home, status=PublicationStatus.VOORLOPIG, actor=OPERATOR, say=silent)
    assert not report.is_new
    assert pointer(demo_home) == before
    assert all(check.passed for check in report.checks)
    assert len(report.checks) > 20


def test_a_rejected_file_changes_nothing(demo_home: Home) -> None:
    text = "Indicator;Periode;Gebiedscode;Teller;Noemer\nPRE02;2026Q2;GM0106;veel;100\n"
    delivery = Delivery(text.encode(), "fout.csv", "ZK06", Period.parse("2026Q2"))
    (receipt,) = receive(demo_home, [delivery], OPERATOR)
    assert receipt.outcome == "rejected"
    assert not backlog(demo_home).is_behind


def test_rebuilding_gives_the_same_content(demo_home: Home) -> None:
    deliver_the_correction(demo_home)
    report = publish(demo_home, status=PublicationStatus.CONCEPT, actor=OPERATOR, say=silent)
    assert rebuild(demo_home, say=silent).is_rebuilt
    with MartReader(demo_home.warehouse_path) as marts:
        again = content_hash(marts.tables(view=VIEW_PUBLISHED))
    assert report.manifest is not None
    assert again == report.manifest.content_hash


@pytest.mark.parametrize("status", [PublicationStatus.VOORLOPIG, PublicationStatus.DEFINITIEF])
def test_a_concept_becomes_what_everybody_reads_only_when_it_is_released(
    demo_home: Home, status: PublicationStatus
) -> None:
    released = pointer(demo_home)
    assert released is not None
    deliver_the_correction(demo_home)
    concept = publish(demo_home, status=PublicationStatus.CONCEPT, actor=OPERATOR, say=silent).manifest
    between = pointer(demo_home)
    assert concept is not None
    assert between is not None
    assert (between.latest, between.released) == (concept.id, released.released)
    final = publish(demo_home, status=status, actor=OPERATOR, say=silent).manifest
    after = pointer(demo_home)
    assert final is not None
    assert after is not None
    assert (after.latest, after.released) == (final.id, final.id)
    assert final.content_hash == concept.content_hash
