"""Which files the demo has, in which order they are submitted, and making them one by one.

Making the list is free; a file is written only when `DemoFiles.write` asks for it, so that the last eight
quarters can be there before the older ones are made.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from indicators.areas import COUNTRY, AreaLevel, area_key, area_register
from indicators.periods import Period, quarters_between
from indicators.uitvraag import uitvraag_for
from orchestration.demo import vektis
from orchestration.demo.deliveries import DeliveryRow, delivery_csv, delivery_rows
from orchestration.demo.faults import corrected, counted_twice, with_faults
from orchestration.demo.population import population_csv
from orchestration.demo.setting import Setting
from orchestration.demo.stories import (
    Correction,
    FileStory,
    MissingQuarter,
    ProvisionalQuarter,
    RejectedFile,
    file_story,
)
from register.open_data import OpenDataSource

RECENT_QUARTERS = 8
_EARLY_DAYS, _LATE_DAYS, _CORRECTION_DAYS = 4, 6, 30
_LATE_SHARE = 0.08
_OFFICE_HOURS = time(9, 30)


class Phase(StrEnum):
    """When a file is meant to be submitted; the order of the members is the order of submission."""

    OPEN_DATA = "open_data"
    RECENT = "recent"
    """The last eight quarters, before the first page is shown."""
    OLDER = "older"
    """The quarters before those, behind the page."""
    CORRECTION = "correction"
    """After a publication of everything before it, so that a published figure changes."""


class Version(StrEnum):
    """Which of the files for one region and quarter this is."""

    ONLY = ""
    REJECTED = "_foute_versie"
    WRONG = "_eerste_versie"
    CORRECTED = "_gecorrigeerd"


@dataclass(frozen=True)
class DemoFile:
    """One file of the demo, made or not."""

    path: Path
    phase: Phase
    period: Period
    source: OpenDataSource | None = None
    """What kind of open data it holds; None for a delivery."""
    region_code: str | None = None
    """The region that delivers it; None for open data."""
    version: Version = Version.ONLY
    story: FileStory | None = None


@dataclass(frozen=True)
class DemoFiles:
    """All files of the demo, in the order in which they are meant to be submitted."""

    setting: Setting
    files: Sequence[DemoFile]

    def of(self, phase: Phase) -> list[DemoFile]:
        """The files of one phase, in order."""
        return [file for file in self.files if file.phase is phase]

    def write(self, files: Iterable[DemoFile]) -> Iterator[DemoFile]:
        """Make files one by one, yielding each when it is on disk; a file that was there is made again."""
        for file in files:
            file.path.parent.mkdir(parents=True, exist_ok=True)
            file.path.write_bytes(self.content(file))
            yield file

    def moment(self, file: DemoFile) -> datetime:
        """When a region delivered: some days before the due date, and in each quarter a few regions some days after.

        A correction came a month after the file that it corrects.
        """
        due = uitvraag_for(file.period).due_date(file.period)
        chance = self.setting.chance(file.period.key, area_key(file.region_code or COUNTRY))
        days = _LATE_DAYS if chance.random() < _LATE_SHARE else -_EARLY_DAYS
        if file.version is Version.CORRECTED:
            days += _CORRECTION_DAYS
        return datetime.combine(due + timedelta(days=days), _OFFICE_HOURS, tzinfo=UTC)

    def content(self, file: DemoFile) -> bytes:
        """The bytes of a file; the same for the same setting, whatever was made before."""
        match file.source:
            case OpenDataSource.POPULATION:
                return population_csv(file.period.year)
            case OpenDataSource.VEKTIS:
                return vektis.vektis_csv(self.setting, file.period.year)
            case OpenDataSource.GEZONDHEIDSMONITOR:
                raise AssertionError("the demo has no file of this source")
            case None:
                return _delivery(self.setting, file)


def generate(folder: Path, *, seed: int, last: Period, quarters: int = 20) -> DemoFiles:
    """The files of the demo: open data, and a delivery per region for each of `quarters` up to `last`.

    Nothing is written yet. The same arguments give the same bytes.
    """
    setting = Setting(seed, last)
    span = quarters_between(last.shifted(1 - quarters), last)
    deliveries = [file for quarter in span for file in _deliveries(setting, folder, quarter)]
    order = list(Phase)
    in_order = sorted(deliveries, key=lambda file: order.index(file.phase))
    return DemoFiles(setting, [*_open_data(folder, span), *in_order])


def _open_data(folder: Path, span: Sequence[Period]) -> Iterator[DemoFile]:
    for year in range(span[0].year, span[-1].year + 1):
        path = folder / f"fictief_bevolking_{year}.csv"
        yield DemoFile(path, Phase.OPEN_DATA, Period.parse(str(year)), OpenDataSource.POPULATION)
    for year in vektis.YEARS:
        path = folder / f"fictief_vektis_{year}_gemeente.csv"
        yield DemoFile(path, Phase.OPEN_DATA, Period.parse(str(year)), OpenDataSource.VEKTIS)


def _deliveries(setting: Setting, folder: Path, quarter: Period) -> Iterator[DemoFile]:
    ago = setting.quarters_ago(quarter)
    phase = Phase.RECENT if ago < RECENT_QUARTERS else Phase.OLDER
    for region in area_register().existing(AreaLevel.REGION, quarter.end):
        story = file_story(region.code, ago)
        for version in _versions(story):
            path = folder / quarter.code / f"fictief_{region.code}_{quarter.code}{version}.csv"
            when = Phase.CORRECTION if version is Version.CORRECTED else phase
            yield DemoFile(path, when, quarter, region_code=region.code, version=version, story=story)


def _versions(story: FileStory | None) -> Sequence[Version]:
    match story:
        case MissingQuarter():
            return ()
        case RejectedFile():
            return (Version.REJECTED, Version.ONLY)
        case Correction():
            return (Version.WRONG, Version.CORRECTED)
        case _:
            return (Version.ONLY,)


def _delivery(setting: Setting, file: DemoFile) -> bytes:
    status = "voorlopig" if isinstance(file.story, ProvisionalQuarter) else "definitief"
    rows = delivery_rows(setting, file.region_code or "", file.period, status)
    return delivery_csv(_as_told(rows, file))


def _as_told(rows: list[DeliveryRow], file: DemoFile) -> list[DeliveryRow]:
    match file.story, file.version:
        case RejectedFile(), Version.REJECTED:
            return with_faults(rows)
        case Correction() as story, Version.WRONG:
            return counted_twice(rows, story)
        case Correction() as story, Version.CORRECTED:
            return corrected(rows, story)
        case _:
            return rows
