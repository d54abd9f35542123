"""A fictitious file in the form of Vektis' Open Databestand Zvw: its columns and spellings, made-up amounts.

So that the cost indicators show something where nobody has downloaded the real file, which may not be
handed on. The amounts are simple curves over age with noise; only the form is Vektis'.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indicators.areas import REPORTING_YEAR, area_key, area_register
from indicators.measures import catalogue
from indicators.reference_tables import vektis_gemeente_codes
from indicators.strata import AGE_BANDS
from orchestration.demo.population import SEXES, People, population_on
from orchestration.demo.setting import Setting

YEARS = (2022, 2023)
"""The years with the columns below and the gemeenten of the reporting indeling."""

Amounts = NDArray[np.float64]

_TRUNCATED_FROM = 2023
_TRUNCATED_LENGTH = 32
_SMALLEST_ROW = 10

_BANDS = len(AGE_BANDS)
_RISING = np.linspace(0.35, 2.4, _BANDS) ** 1.5
_OLD = np.concatenate([np.zeros(11), np.geomspace(0.1, 14, 8)])
_YOUNG = np.concatenate([[0.6], np.full(3, 2.6), np.full(15, 0.6)])
_ADULT = np.concatenate([np.zeros(3), [1.0], np.full(9, 1.45), np.linspace(1.1, 0.5, 6)])
_BIRTH = np.concatenate([np.zeros(4), [1.5, 7.5, 8.0, 2.5, 0.3], np.zeros(10)])


@dataclass(frozen=True)
class CostColumn:
    """One kind of cost: euros per person per year where its curve over age is 1, and its spread over regions."""

    name: str
    euros: float
    curve: Amounts
    region_spread: float = 0.06

    @property
    def per_person(self) -> Amounts:
        """Euros per person by sex and age band; shape (2, 19). Costs of birth are women's only."""
        by_sex = np.array([[0.0], [1.0]]) if self.curve is _BIRTH else np.array([[0.97], [1.03]])
        return self.euros * by_sex * self.curve


COST_COLUMNS = (
    CostColumn("kosten_medisch_specialistische_zorg", 950, _RISING),
    CostColumn("kosten_farmacie", 170, _RISING),
    CostColumn("kosten_huisarts_inschrijftarief", 75, np.ones(_BANDS), 0.02),
    CostColumn("kosten_huisarts_consult", 45, _RISING),
    CostColumn("kosten_huisarts_mdz", 30, _RISING),
    CostColumn("kosten_huisarts_overig", 100, _RISING),
    CostColumn("kosten_hulpmiddelen", 90, _RISING),
    CostColumn("kosten_mondzorg", 45, _YOUNG),
    CostColumn("kosten_paramedische_zorg_fysiotherapie", 50, _RISING),
    CostColumn("kosten_paramedische_zorg_overig", 30, _YOUNG),
    CostColumn("kosten_ziekenvervoer_zittend", 10, _RISING),
    CostColumn("kosten_ziekenvervoer_liggend", 35, _RISING),
    CostColumn("kosten_kraamzorg", 35, _BIRTH),
    CostColumn("kosten_verloskundige_zorg", 28, _BIRTH),
    CostColumn("kosten_grensoverschrijdende_zorg", 35, _RISING, 0.3),
    CostColumn("kosten_eerstelijns_ondersteuning", 1, np.ones(_BANDS)),
    CostColumn("kosten_geriatrische_revalidatiezorg", 90, _OLD, 0.15),
    CostColumn("kosten_eerstelijnsverblijf", 50, _OLD, 0.25),
    CostColumn("kosten_verpleging_en_verzorging", 450, _OLD, 0.12),
    CostColumn("kosten_gzsp", 8, _OLD),
    CostColumn("kosten_integrale_geboortezorg", 20, _BIRTH, 0.3),
    CostColumn("kosten_innovatiegelden_ggz", 0.5, np.ones(_BANDS)),
    CostColumn("kosten_overig", 40, np.ones(_BANDS)),
    CostColumn("kosten_consulten_ggz", 150, _ADULT, 0.15),
    CostColumn("kosten_intramuraal_verblijf_ggz", 45, _ADULT, 0.25),
    CostColumn("kosten_overige_prestaties_ggz", 10, _ADULT),
)
"""In the order of the files of 2022 and 2023."""


def vektis_csv(setting: Setting, year: int) -> bytes:
    """The file for one of `YEARS`: one row per sex, age band and gemeente with ten or more people, and one rest row."""
    lines, rest = [], np.zeros(len(COST_COLUMNS) + 2)
    for key, figures in _rows(setting, year):
        if figures[0] < _SMALLEST_ROW:
            rest += figures
        else:
            lines.append(f"{key};{_numbers(figures)}")
    lines.insert((year * 5_003) % len(lines), f";;;{_numbers(rest)}")
    return "\n".join([_header(year), *lines, ""]).encode("ascii")


def _header(year: int) -> str:
    names = ["geslacht", "leeftijdsklasse", "gemeentenaam", "aantal_bsn", "aantal_verzekerdejaren"]
    names += [column.name for column in COST_COLUMNS]
    return ";".join(name[:_TRUNCATED_LENGTH] if year >= _TRUNCATED_FROM else name for name in names)


def _rows(setting: Setting, year: int) -> Iterator[tuple[str, Amounts]]:
    """Key and figures (persons, insured years, costs per kind), ordered by sex, age band and name."""
    people = population_on(date(REPORTING_YEAR, 1, 1), year)
    names = sorted((name, code) for name, code in vektis_gemeente_codes().items() if code in people)
    tables = {name: _gemeente_figures(setting, year, code, people[code]) for name, code in names}
    for number, sex in enumerate(SEXES):
        for band, label in enumerate(AGE_BANDS):
            for name, figures in tables.items():
                yield f"{sex.code};{_age_label(label)};{name}", figures[:, number, band]


def _gemeente_figures(setting: Setting, year: int, code: str, people: People) -> Amounts:
    """Persons, insured years and costs; shape (2 + kinds of cost, 2, 19)."""
    chance = setting.chance(_purpose(), area_key(code), year)
    years = np.round(people * chance.uniform(0.965, 0.995, people.shape), 2)
    noise = np.exp(chance.normal(0, 1, (len(COST_COLUMNS), *people.shape)) * 1.5 / np.sqrt(np.maximum(people, 10)))
    per_person = np.stack([column.per_person for column in COST_COLUMNS])
    factors = _lasting_factors(setting, code)[:, np.newaxis, np.newaxis]
    return np.concatenate([[people, years], np.round(years * per_person * factors * noise, 2)])


def _lasting_factors(setting: Setting, code: str) -> Amounts:
    """How far region and gemeente lie from the country, per kind of cost; the same every year."""
    spreads = np.array([column.region_spread for column in COST_COLUMNS])
    region = area_register().region_of(code, date(REPORTING_YEAR, 1, 1))
    of_region = setting.chance(_purpose(), area_key(region or "NL")).normal(0, spreads)
    of_gemeente = setting.chance(_purpose(), area_key(code)).normal(0, spreads / 2)
    factors: Amounts = np.exp(of_region + of_gemeente)
    return factors


def _purpose() -> int:
    """The dataset's key, which names the random numbers."""
    return catalogue().dataset("vektis").key


def _age_label(band: str) -> str:
    if "-" not in band:
        return band
    first, last = band.split("-")
    return f"{first:>2} t/m {last:>2} jaar"


def _numbers(figures: Amounts) -> str:
    return ";".join(f"{number:.2f}".rstrip("0").rstrip(".") for number in figures.tolist())
