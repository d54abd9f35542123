"""Each story that docs/demo.md promises can be found in the files."""

import csv
from pathlib import Path
from typing import TypeVar

import pytest

from indicators.areas import area_register
from indicators.periods import Period
from orchestration.demo.deliveries import DeliveryRow, delivery_rows
from orchestration.demo.faults import REJECTED_FILE_FAULTS
from orchestration.demo.files import DemoFile, DemoFiles, Phase, Version, generate
from orchestration.demo.levels import COURSES, region_level
from orchestration.demo.setting import Setting
from orchestration.demo.stories import (
    STORIES,
    Correction,
    CourseStory,
    MissingQuarter,
    ProvisionalQuarter,
    RejectedFile,
    SmallGemeenten,
    Story,
)

LAST = Period.quarter(2026, 3)
SETTING = Setting(1, LAST)
T = TypeVar("T", bound=Story)
DEMO_PAGE = Path(__file__).parents[2] / "docs" / "demo.md"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    return generate(tmp_path_factory.mktemp("demo"), seed=1, last=LAST)


def told_by(demo: DemoFiles, kind: type) -> list[DemoFile]:
    return [file for file in demo.files if isinstance(file.story, kind)]


def rows_of(demo: DemoFiles, file: DemoFile) -> list[DeliveryRow]:
    lines = demo.content(file).decode("utf-8-sig").splitlines()
    return [DeliveryRow(*cells) for cells in csv.reader(lines[1:], delimiter=";")]


def story(kind: type[T], title_start: str = "") -> T:
    return next(item for item in STORIES if isinstance(item, kind) and item.title.startswith(title_start))


@pytest.mark.parametrize("item", STORIES, ids=lambda item: item.title)
def test_every_story_is_on_the_page_for_readers(item: CourseStory) -> None:
    codes = getattr(item, "gemeente_codes", None) or (getattr(item, "region_code", ""),)
    line = next(line for line in DEMO_PAGE.read_text("utf-8").splitlines() if item.title in line)
    assert all(code in line for code in codes), line


def level(item: CourseStory, quarters_ago: int) -> float:
    course = COURSES[item.dataset_code]
    quarter = LAST.shifted(-quarters_ago)
    return region_level(SETTING, course, item.region_code, quarter) / course.season[quarter.number - 1]


def test_a_region_stalls_after_a_rise() -> None:
    stalling = story(CourseStory, "stagneert")
    assert level(stalling, 9) - level(stalling, 19) == pytest.approx(3.6)
    assert {round(level(stalling, ago), 9) for ago in range(9)} == {10.9}


def test_a_region_improves_and_another_worsens() -> None:
    better, worse = story(CourseStory, "verbetert"), story(CourseStory, "verslechtert")
    assert level(better, 0) < 0.7 * level(better, 19)
    assert level(worse, 0) > 1.15 * level(worse, 9)


def test_a_region_misses_one_quarter_and_every_other_delivers(demo: DemoFiles) -> None:
    delivered = {(file.region_code, file.period) for file in demo.files if file.region_code}
    missing = story(MissingQuarter)
    assert (missing.region_code, LAST.shifted(-missing.quarters_ago)) not in delivered
    assert len(delivered) == 31 * 20 - 1


def test_the_rejected_file_comes_first_and_has_every_fault(demo: DemoFiles) -> None:
    wrong, right = told_by(demo, RejectedFile)
    assert (wrong.version, right.version) == (Version.REJECTED, Version.ONLY)
    assert (wrong.phase, wrong.region_code, wrong.period) == (right.phase, right.region_code, right.period)
    faulty, good = rows_of(demo, wrong), rows_of(demo, right)
    assert len(faulty) == len(good) + 1
    changed = [row for row, was in zip(faulty, good, strict=False) if row != was]
    assert len(changed) + 1 == len(REJECTED_FILE_FAULTS)
    assert changed[0].numerator.startswith("circa ")
    assert int(changed[1].numerator) > int(changed[1].denominator)
    assert not area_register().area(changed[2].area_code).exists_on(right.period.start)
    assert area_register().region_of(faulty[-1].area_code, right.period.end) not in (None, right.region_code)


def test_the_correction_changes_one_gemeente_of_one_dataset(demo: DemoFiles) -> None:
    first, later = told_by(demo, Correction)
    assert (first.phase, later.phase) == (Phase.RECENT, Phase.CORRECTION)
    told = story(Correction)
    before = {(row.indicator, row.area_code): row for row in rows_of(demo, first)}
    after = rows_of(demo, later)
    assert {row.indicator for row in after} == {told.dataset_code}
    changed = [row for row in after if row.numerator != before[row.indicator, row.area_code].numerator]
    assert [row.area_code for row in changed] == [told.gemeente_code]
    assert int(before[told.dataset_code, told.gemeente_code].numerator) == 2 * int(changed[0].numerator)
    right = delivery_rows(SETTING, told.region_code, later.period)
    assert [row.numerator for row in after] == [row.numerator for row in right if row.indicator == told.dataset_code]


def test_one_quarter_is_provisional(demo: DemoFiles) -> None:
    (file,) = told_by(demo, ProvisionalQuarter)
    assert {row.status for row in rows_of(demo, file)} == {"voorlopig"}


def test_small_gemeenten_have_counts_that_are_hidden(demo: DemoFiles) -> None:
    told = story(SmallGemeenten)
    counts: dict[str, set[int]] = {code: set() for code in told.gemeente_codes}
    for file in demo.of(Phase.RECENT):
        if file.region_code in ("ZK04", "ZK08"):
            for row in rows_of(demo, file):
                if row.indicator == told.dataset_code and row.area_code in counts:
                    counts[row.area_code].add(int(row.numerator))
    assert all(any(1 <= count <= 9 for count in found) for found in counts.values()), counts
