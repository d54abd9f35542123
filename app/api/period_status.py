"""What a region's system is told about one quarter: what is asked, what is there, what is missing, until when.

Belongs here: putting that together from what the register knows. Does not belong here: the rules for it
(`register.delivery_status`, `register.completion`).
"""

from datetime import date

from pydantic import BaseModel, ConfigDict

from expectations.facts import stratum_name
from indicators.areas import AreaLevel, area_register
from indicators.periods import Period
from indicators.uitvraag import AskedDataset, uitvraag_for
from register.access import Actor
from register.completion import Completion, asked_count, completion, missing_rows
from register.delivery_status import DeliveryCell, delivery_matrix
from register.home import Home
from register.in_force import batches_in_force
from register.ledger import Ledger


class Asked(BaseModel):
    """One dataset that is asked for a quarter.

    A row is one area in one stratum; `row_count` of them make it complete, at the first of `levels`. `missing_count`
    of those are not in force, `missing_names` names the first few.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dataset: str
    name: str
    levels: tuple[AreaLevel, ...]
    strata: tuple[str, ...]
    is_optional: bool
    row_count: int
    missing_count: int
    missing_names: tuple[str, ...]


class PeriodStatus(BaseModel):
    """One quarter of one region: `delivery` tells how it stands, `completion` what the region declared about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str
    period: str
    uitvraag_version: int
    due_date: date
    delivery: DeliveryCell
    asked: tuple[Asked, ...]
    completion: Completion | None


def period_status(home: Home, region_code: str, period: Period, *, today: date, actor: Actor) -> PeriodStatus:
    """How a quarter stands for a region.

    Raises:
        AccessDeniedError: `actor` may not see it.
        UnknownCodeError: the region does not exist in the period, or nothing is asked about it.
    """
    area_register().region_in(region_code, period)
    uitvraag = uitvraag_for(period)
    declared = completion(home, region_code, period, actor=actor)
    cells = delivery_matrix(home, today=today, periods=[period], actor=actor)
    return PeriodStatus(
        region=region_code,
        period=period.code,
        uitvraag_version=uitvraag.version,
        due_date=uitvraag.due_date(period),
        delivery=next(cell for cell in cells if cell.region == region_code),
        asked=_asked(home, region_code, period),
        completion=declared,
    )


def _asked(home: Home, region_code: str, period: Period) -> tuple[Asked, ...]:
    batches = batches_in_force(Ledger(home).events())
    missing = {item.dataset_code: item for item in missing_rows(home, region_code, period, batches)}
    return tuple(
        Asked(
            dataset=asked.code,
            name=asked.dataset.name,
            levels=asked.levels,
            strata=_strata(asked),
            is_optional=asked.is_optional,
            row_count=asked_count(asked, region_code, period),
            missing_count=missing[asked.code].row_count if asked.code in missing else 0,
            missing_names=missing[asked.code].names if asked.code in missing else (),
        )
        for asked in uitvraag_for(period).asks
    )


def _strata(asked: AskedDataset) -> tuple[str, ...]:
    return tuple(stratum_name(stratum.key) for stratum in asked.strata)
