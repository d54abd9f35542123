"""The arithmetic and the world of the benchmark."""

from bench.goals import LimitGoal, RatioGoal
from bench.ratios import ratio_of
from bench.rounds import Run, Runs
from bench.world import PERIOD, REGION, bench_world
from indicators.areas import area_register
from indicators.uitvraag import uitvraag_for

RUN = Run(import_seconds=1, warm_up_seconds=1, work_seconds=2, cpu_seconds=3, peak_mb=400)


def test_the_world_ends() -> None:
    def seen() -> tuple[int, int]:
        return uitvraag_for(PERIOD).version, len(area_register().gemeenten_of(REGION, PERIOD.end))

    before = seen()
    with bench_world():
        version, gemeente_count = seen()
    assert version == 99
    assert gemeente_count > before[1]
    assert seen() == before


def test_the_ratio_lies_in_its_interval() -> None:
    found = ratio_of([2.0, 2.2, 1.8], [1.0, 1.0, 1.1])
    assert found.lower <= found.ratio == 2.0 <= found.upper


def test_goals_are_met_or_not() -> None:
    measured = {"ours": Runs([RUN]), "peer": Runs([RUN._replace(work_seconds=0.5)])}
    assert not RatioGoal("x", "ours", "peer", 2.5).outcome(measured).is_met
    assert RatioGoal("x", "ours", "peer", 2.5, peer_factor=10).outcome(measured).is_met
    assert LimitGoal("x", "ours", "peak_mb", 400, "MB").outcome(measured).is_met
    assert not LimitGoal("x", "ours", "work_seconds", 1.9, "s").outcome(measured).is_met
