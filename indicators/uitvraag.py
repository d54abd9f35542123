"""The uitvraag: the versioned data request to the regions, and when an answer is due.

Level and breakdown of what is asked stand once, with the dataset in `measures.yaml`; the uitvraag lists datasets.
Does not belong here: what is wrong with a delivery (`expectations/`), who has delivered (`models/`).
"""

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import Field

from indicators.errors import DefinitionError, UnknownCodeError
from indicators.measures import Dataset, Source, catalogue
from indicators.periods import Period, PeriodKind
from indicators.yaml_models import StrictModel, WrittenPeriod, read_model


class Uitvraag(StrictModel):
    """One version of the data request; it holds until a later version begins."""

    version: int = Field(ge=1)
    name: str
    valid_from: WrittenPeriod
    due_days: int = Field(ge=0)
    """Days after the last day of the quarter on which the answer is due."""
    datasets: tuple[str, ...] = Field(min_length=1)

    def due_date(self, period: Period) -> date:
        """The last day on which figures of `period` are in time."""
        return period.end + timedelta(days=self.due_days)

    def asked(self) -> list[Dataset]:
        """The datasets asked, in the order of the uitvraag."""
        return [catalogue().dataset(code) for code in self.datasets]


@cache
def uitvragen() -> tuple[Uitvraag, ...]:
    """Every version, oldest first.

    Raises:
        DefinitionError: a file is not named after its version, asks what no region delivers, or does not follow on.
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
    if file.name != f"{uitvraag.version}.yaml":
        raise DefinitionError(
            f"uitvraag/{file.name} holds version {uitvraag.version}; a file is named after its version"
        )
    strange = [dataset.code for dataset in uitvraag.asked() if dataset.source is not Source.DELIVERY]
    if strange:
        raise DefinitionError(f"uitvraag/{file.name} asks {strange}, which come from open data")
    return uitvraag
