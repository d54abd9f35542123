"""The template of a region: the figures in force beside it, for whoever works for the region."""

import csv
from pathlib import Path

import pytest

from indicators.errors import UnknownCodeError
from indicators.periods import Period
from register.access import OPERATOR, Actor, Role
from register.decisions import withdraw
from register.door import Delivery
from register.errors import AccessDeniedError
from register.home import Home
from register.intake import receive
from register.templates import TemplateFormat, template
from tests.support_workbooks import sheets_of

QUARTER, BEFORE = Period.parse("2025Q4"), Period.parse("2025Q3")
HEADER = "Indicator;Periode;Gebiedscode;Teller;Noemer"
FRIESLAND = Actor(name="datamedewerker", role=Role.DATA_OFFICER, region="ZK08")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


def deliver(home: Home, *rows: str, region: str = "ZK08", period: Period = BEFORE) -> int:
    content = "\n".join([HEADER, *rows, ""]).encode()
    (receipt,) = receive(home, [Delivery(content, "levering.csv", region, period)], OPERATOR)
    assert receipt.submission is not None
    return receipt.submission


def beside(home: Home, actor: Actor = FRIESLAND) -> dict[str, tuple[str, str]]:
    """The reference figures by indicator, where there are any."""
    file = template(home, "ZK08", QUARTER, TemplateFormat.CSV, actor=actor)
    lines = csv.DictReader(file.content.decode("utf-8-sig").splitlines(), delimiter=";")
    told = {line["Indicator"]: (line["Vorig kwartaal teller"], line["Vorig kwartaal noemer"]) for line in lines}
    return {code: figures for code, figures in told.items() if any(figures)}


def test_the_figures_in_force_of_the_quarter_before_stand_beside_it(home: Home) -> None:
    deliver(home, f"OUD08;{BEFORE};ZK08;120;1300", f"DIG01;{BEFORE};ZK08;.;1000")
    corrected = deliver(home, f"OUD08;{BEFORE};ZK08;125;1300")
    deliver(home, f"OUD08;{BEFORE.shifted(-1)};ZK08;99;1300", period=BEFORE.shifted(-1))
    assert beside(home) == {"OUD08": ("125", "1300"), "DIG01": (".", "1000")}
    withdraw(home, corrected, reason="Verkeerd bestand.", actor=OPERATOR)
    assert beside(home)["OUD08"] == ("120", "1300"), "made when it is asked, so never out of date"


def test_figures_of_another_region_and_rejected_ones_are_not_shown(home: Home) -> None:
    deliver(home, f"OUD08;{BEFORE};ZK10;120;1300", region="ZK10")
    deliver(home, f"OUD08;{BEFORE};ZK08;120;13")
    assert beside(home) == {}


def test_both_kinds_of_file_have_a_name_that_tells_region_and_quarter(home: Home) -> None:
    as_sheet = template(home, "ZK08", QUARTER, actor=FRIESLAND)
    as_text = template(home, "ZK08", QUARTER, TemplateFormat.CSV, actor=FRIESLAND)
    assert (as_sheet.file_name, as_text.file_name) == ("sjabloon_ZK08_2025Q4.xlsx", "sjabloon_ZK08_2025Q4.csv")
    assert list(sheets_of(as_sheet.content)) == ["Levering", "Instructie", "Codelijst"]


@pytest.mark.parametrize(
    "actor",
    [Actor(name="buur", role=Role.DATA_OFFICER, region="ZK10"), Actor(name="lezer", role=Role.READER)],
    ids=["another region", "reader"],
)
def test_a_neighbour_or_a_reader_gets_no_template(home: Home, actor: Actor) -> None:
    with pytest.raises(AccessDeniedError):
        template(home, "ZK08", QUARTER, actor=actor)


@pytest.mark.parametrize(("region", "period"), [("ZK99", QUARTER), ("GM0080", QUARTER), ("ZK08", Period.parse("2025"))])
def test_what_is_not_asked_has_no_template(home: Home, region: str, period: Period) -> None:
    with pytest.raises(UnknownCodeError):
        template(home, region, period, actor=OPERATOR)
