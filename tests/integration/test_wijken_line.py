"""A delivery with wijken through the whole line: accepted, computed, judged, published, and in no sum."""

from indicators.periods import Period
from orchestration.pipeline import publish
from register.access import OPERATOR
from register.home import Home
from register.intake import Confirmation, Delivery, receive
from register.publications import PublicationStatus, open_own, open_publication
from register.submissions import SubmissionState

QUARTER = Period.quarter(2026, 2)
SUM = "select numerator from value where indicator_code = 'OUD10' and period_code = $period and area_code = 'ZK06'"
REASON = Confirmation("alleen Assen heeft wijken geteld")
HEADER = "Indicator;Periode;Gebiedscode;Teller;Noemer\n"
ROWS = (("GM0106", 900, 9000), ("WK010600", 412, 3003), ("WK010601", 7, 40))


def test_wijken_are_published_beside_their_gemeente(demo_home: Home) -> None:
    text = HEADER + "".join(f"OUD10;{QUARTER};{area};{count};{whole}\n" for area, count, whole in ROWS)
    (receipt,) = receive(
        demo_home, [Delivery(text.encode(), "wijken.csv", "ZK06", QUARTER)], OPERATOR, confirmation=REASON
    )
    assert receipt.state == SubmissionState.ACCEPTED
    report = publish(demo_home, status=PublicationStatus.CONCEPT, actor=OPERATOR, say=lambda _: None)
    assert report.manifest is not None, [check for check in report.checks if not check.passed]
    sql = (
        "select v.area_code, a.area_name, v.level_code, v.region_code, v.numerator, v.denominator, v.reason_code "
        "from value as v join area as a using (area_code) "
        "where v.indicator_code = 'OUD10' and v.period_code = $period and v.level_code = 'wijk' order by v.area_code"
    )
    with open_publication(demo_home, report.manifest.id) as reader:
        published = reader.query(sql, {"period": QUARTER.code}).fillna("").to_numpy().tolist()
        found = reader.query(SUM, {"period": QUARTER.code})
    assert published == [
        ["WK010600", "Wijk in Assen", "wijk", "ZK06", 410.0, 3005.0, ""],
        ["WK010601", "Wijk in Assen", "wijk", "ZK06", "", 40.0, "suppressed"],
    ]
    assert list(found["numerator"]) == [900]
    with open_own(demo_home, report.manifest.id, "ZK06") as reader:
        assert list(reader.query(sql, {"period": QUARTER.code})["numerator"]) == [412, 7]
    with open_own(demo_home, report.manifest.id, "ZK08") as reader:
        assert reader.query(sql, {"period": QUARTER.code}).empty
