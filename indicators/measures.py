"""Datasets and measures: what regions and open-data sources supply.

A *dataset* is the unit in which figures arrive, are superseded and are counted as delivered: what the
uitvraag asks for one indicator (`PRE02`), or one open-data source (`vektis`, `population`).
A *measure* (telling) is one counted thing in it (`PRE02.teller`). Both have an integer key that never
changes, because large tables carry it. The catalogue is `measures.yaml`.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import Field, model_validator

from indicators.areas import AreaLevel
from indicators.errors import DefinitionError, UnknownCodeError
from indicators.yaml_models import StrictModel, read_models


class Source(StrEnum):
    """Who supplies a dataset."""

    DELIVERY = "delivery"
    OPEN_DATA = "open_data"


class Breakdown(StrEnum):
    """Into which strata a dataset is split."""

    TOTAL = "total"
    AGE_SEX = "age_sex"


class Frequency(StrEnum):
    """How often a dataset arrives."""

    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Measure(StrictModel):
    """One counted thing."""

    code: str = Field(pattern=r"^[A-Za-z0-9]+\.[a-z0-9_]+$")
    key: int = Field(gt=0)
    name: str
    unit: str


class Dataset(StrictModel):
    """What arrives together: its measures, and at which level and in which strata they are supplied."""

    code: str = Field(pattern=r"^[A-Za-z0-9]+$")
    key: int = Field(gt=0)
    name: str
    source: Source
    owner: str
    frequency: Frequency
    level: AreaLevel
    breakdown: Breakdown
    age_from: int = Field(default=0, ge=0, le=90, multiple_of=5)
    measures: tuple[Measure, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _measures_carry_the_code(self) -> Self:
        strange = [measure.code for measure in self.measures if not measure.code.startswith(f"{self.code}.")]
        if strange:
            raise ValueError(f"measures {strange} of dataset {self.code} must begin with '{self.code}.'")
        return self


class Catalogue:
    """All datasets and measures, by code."""

    def __init__(self, datasets: tuple[Dataset, ...]) -> None:
        self.datasets: Mapping[str, Dataset] = {dataset.code: dataset for dataset in datasets}
        measures = [measure for dataset in datasets for measure in dataset.measures]
        self.measures: Mapping[str, Measure] = {measure.code: measure for measure in measures}
        for kind, keys in (("dataset", [d.key for d in datasets]), ("measure", [m.key for m in measures])):
            if len(set(keys)) != len(keys):
                raise DefinitionError(f"measures.yaml: a {kind} key is used twice: {sorted(keys)}")

    def dataset(self, code: str) -> Dataset:
        """The dataset with this code.

        Raises:
            UnknownCodeError: the catalogue does not have it.
        """
        if code not in self.datasets:
            raise UnknownCodeError(f"'{code}' staat niet in de catalogus van leveringen en bronnen.")
        return self.datasets[code]

    def dataset_by_key(self, key: int) -> Dataset:
        """The dataset with this key.

        Raises:
            UnknownCodeError: the catalogue does not have it.
        """
        found = next((dataset for dataset in self.datasets.values() if dataset.key == key), None)
        if found is None:
            raise UnknownCodeError(f"Er is geen levering of bron met sleutel {key}.")
        return found

    def dataset_of(self, measure_code: str) -> Dataset:
        """The dataset to which a measure belongs."""
        return self.dataset(measure_code.split(".")[0])

    def delivered(self) -> list[Dataset]:
        """The datasets that regions deliver, in the order of the catalogue."""
        return [dataset for dataset in self.datasets.values() if dataset.source is Source.DELIVERY]


@cache
def catalogue() -> Catalogue:
    """The catalogue in `measures.yaml`, read once.

    Raises:
        DefinitionError: the file contradicts itself.
    """
    return Catalogue(read_models(Dataset, files("indicators").joinpath("measures.yaml")))
