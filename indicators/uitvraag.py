"""The uitvraag: the versioned data request to the regions, and when an answer is due.

Belongs here: which datasets are asked, at which levels and in which strata, from which period on, and how far a figure
may move before the sender is asked why. Does not belong here: what is wrong with a delivery (`expectations/`), who has
delivered (`register/`).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import Field

from indicators.areas import AreaLevel
from indicators.errors import DefinitionError, UnknownCodeError
from indicators.measures import Breakdown, Dataset, Measure, Source, catalogue
from indicators.periods import Period, PeriodKind
from indicators.strata import AGE_SEX_STRATA, TOTAL_STRATUM, Stratum
from indicators.yaml_models import StrictModel, WrittenPeriod, read_model


class AskedDataset(StrictModel):
    """One dataset as one version of the uitvraag asks it."""

    code: str
    levels: tuple[AreaLevel, ...] = Field(min_length=1)
    """The levels at which an answer may be given; the first is the one that makes it complete."""
    breakdown: Breakdown
    age_from: int = Field(default=0, ge=0, le=90, multiple_of=5)
    is_optional: bool = False
    """Whether it may be delivered but is never missed."""
    maximum_change_pct: float = Field(gt=0)
    """How much a count may change since the quarter before, or a year before, without a reason."""

    @property
    def dataset(self) -> Dataset:
        """The dataset in the catalogue: its key, name and measures."""
        return catalogue().dataset(self.code)

    @property
    def numerator(self) -> Measure:
        """What is counted."""
        return catalogue().measures[f"{self.code}.teller"]

    @property
    def denominator(self) -> Measure | None:
        """Out of how many; None where the service supplies it."""
        return catalogue().measures.get(f"{self.code}.noemer")

    @property
    def strata(self) -> tuple[Stratum, ...]:
        """The strata that make the dataset complete for one area."""
        if self.breakdown is Breakdown.TOTAL:
            return (TOTAL_STRATUM,)
        return tuple(stratum for stratum in AGE_SEX_STRATA if stratum.age_from >= self.age_from)


class Uitvraag(StrictModel):
    """One version of the data request; it holds until a later version begins."""

    version: int = Field(ge=1)
    name: str
    valid_from: WrittenPeriod
    due_days: int = Field(ge=0)
    """Days after the last day of the quarter on which the answer is due."""
    reminder_days: tuple[int, ...]
    """How many days before the due date a region that has not delivered is reminded."""
    asks: tuple[AskedDataset, ...] = Field(min_length=1)

    def due_date(self, period: Period) -> date:
        """The last day on which figures of `period` are in time."""
        return period.end + timedelta(days=self.due_days)

    @property
    def required(self) -> tuple[AskedDataset, ...]:
        """What a region is missed without."""
        return tuple(asked for asked in self.asks if not asked.is_optional)

    def asked(self, dataset_code: str) -> AskedDataset | None:
        """What is asked of one dataset; None when nothing is."""
        return next((asked for asked in self.asks if asked.code == dataset_code), None)


@cache
def uitvragen() -> tuple[Uitvraag, ...]:
    """Every version, oldest first.

    Raises:
        DefinitionError: a file is not named after its version, contradicts the catalogue, or does not follow on.
    """
    folder = files("indicators").joinpath("uitvraag")
    found = sorted((_read_uitvraag(file) for file in folder.iterdir()), key=lambda uitvraag: uitvraag.version)
    starts = [uitvraag.valid_from for uitvraag in found]
    if starts != sorted(set(starts)):
        raise DefinitionError(f"a later uitvraag must begin later: versions in order begin at {[*map(str, starts)]}")
    return tuple(found)


def uitvraag_for(period: Period) -> Uitvraag:
    """The version that asks the figures of a quarter.

    Raises:
        UnknownCodeError: the period is no quarter, or lies before the first uitvraag.
    """
    if period.kind is not PeriodKind.QUARTER:
        raise UnknownCodeError(f"{period} is geen kwartaal; regio's leveren per kwartaal aan, bijvoorbeeld 2025Q4.")
    valid = [uitvraag for uitvraag in uitvragen() if uitvraag.valid_from <= period]
    if not valid:
        raise UnknownCodeError(
            f"Over {period} is niets uitgevraagd; de uitvraag begint bij {uitvragen()[0].valid_from}."
        )
    return valid[-1]


def _read_uitvraag(file: Traversable) -> Uitvraag:
    uitvraag = read_model(Uitvraag, file)
    wrong = list(_contradictions(uitvraag))
    if file.name != f"{uitvraag.version}.yaml":
        wrong.append(f"it holds version {uitvraag.version}, and a file is named after its version")
    if wrong:
        raise DefinitionError(f"uitvraag/{file.name}: {'; '.join(wrong)}")
    return uitvraag


def _contradictions(uitvraag: Uitvraag) -> Iterable[str]:
    """What an uitvraag asks otherwise than the models can use it."""
    for asked in uitvraag.asks:
        dataset = asked.dataset
        if dataset.source is not Source.DELIVERY:
            yield f"{asked.code} comes from open data"
        if dataset.level is not asked.levels[0]:
            yield f"{asked.code} is counted per {dataset.level}, which is not the first of its levels"
        if (asked.breakdown, asked.age_from) != (dataset.breakdown, dataset.age_from):
            yield f"{asked.code} is asked in other strata than the catalogue has"
