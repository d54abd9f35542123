"""The figures that somebody may see: one use case, asked by command line, page and later the API.

Belongs here: which publication and which view answer a question, and who may ask it. Does not belong here: how a
snapshot is opened (`publications.py`) and how figures are shown.
"""

from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from indicators.areas import COUNTRY, REPORTING_YEAR, AreaLevel, area_register
from indicators.classifications import classification_areas
from indicators.errors import UnknownCodeError
from indicators.periods import Period
from register.access import Action, Actor, may, require
from register.errors import NoPublicationError
from register.home import Home
from register.publications import PublicationReader, open_own, open_publication, pointer

if TYPE_CHECKING:
    import pandas as pd

_VALUES: Final = """
    select
        publication.id as publication_id,
        publication.status as publication_status,
        shown.*
    from {table} as shown
    cross join publication
    where shown.indicator_code = $indicator
        and ($level is null or shown.level_code = $level)
        and ($area is null or shown.area_code = $area)
        and ($period is null or shown.period_code = $period)
        and ($region is null or shown.region_code = $region or ($with_country and shown.level_code = 'landelijk'))
    order by shown.level_code, shown.area_code, shown.period_start, shown.indicator_version{order}
"""
_UNDER_TODAY: Final = """(
    select * from recomputed
    union all by name
    select value.* from value join indicator using (indicator_code, indicator_version) where indicator.is_current
)"""
_NO_STRATA: Final = "(select 'totaal' as sex, 'totaal' as age_group, * from value where false)"
_HAS_TABLE: Final = "select count(*) as found from information_schema.tables where table_name = $name"
_INDICATORS: Final = "select distinct indicator_code from indicator order by indicator_code"


class View(StrEnum):
    """Protected figures for everybody, or the exact figures of a region."""

    PUBLISHED = "published"
    OWN = "own"


class History(StrEnum):
    """Under which definition a period is computed: the one that applied then, or the one of today for all periods."""

    THEN = "then"
    TODAY = "today"


class By(StrEnum):
    """Whether totals are asked, or their figures by age and sex."""

    TOTAL = "total"
    AGE_SEX = "age_sex"


class Question(NamedTuple):
    """Which figures are asked; what is None is not restricted."""

    indicator: str
    level: str | None
    area: str | None
    period: Period | None
    history: History
    by: By

    @property
    def widest_area(self) -> str:
        """The area for which somebody must have a right: the one that is asked, or all."""
        return self.area or COUNTRY


def values(
    home: Home,
    indicator: str,
    *,
    actor: Actor,
    level: str | None = None,
    area: str | None = None,
    period: Period | None = None,
    view: View = View.PUBLISHED,
    history: History = History.THEN,
    by: By = By.TOTAL,
    agreements: AbstractSet[str] = frozenset(),
) -> "pd.DataFrame":
    """The figures of one indicator, from one publication; what is None is not restricted.

    One row per area and period, under the definition version that `history` asks: the columns of `value`
    (docs/architecture.md), preceded by `publication_id` and `publication_status`. `by` asks the figures by age and
    sex instead of the totals: the columns of `by_stratum`, under the version that applied then. No rows when
    nothing of it was delivered. A concept answers only whoever may read it for everything that is asked; for others
    the released publication answers.

    Raises:
        AccessDeniedError: `actor` may not see this view of these areas.
        NoPublicationError: there is no publication that `actor` may read.
        UnknownCodeError: the publication does not have the indicator, or the area does not exist.
    """
    question = Question(indicator, level, area, period, history, by)
    if view is View.OWN:
        return _own_values(home, question, actor, agreements)
    require(actor, Action.READ_PUBLISHED, question.widest_area)
    with open_publication(home, readable_publication(home, actor, question.widest_area)) as reader:
        return _answer(reader, question)


def readable_publication(home: Home, actor: Actor, area: str) -> str:
    """The id of the publication that answers `actor` for an area (`NL`: for all areas).

    Raises:
        NoPublicationError: there is none yet.
    """
    found = pointer(home)
    if found is None:
        raise NoPublicationError("Er is nog geen publicatie. Maak er een met 'jzojp compute' en 'jzojp publish'.")
    if may(actor, Action.READ_CONCEPT, area):
        return found.latest
    if found.released is None:
        raise NoPublicationError("Er is nog geen vrijgegeven publicatie; de nieuwste cijfers zijn nog een concept.")
    return found.released


def _own_values(home: Home, question: Question, actor: Actor, agreements: AbstractSet[str]) -> "pd.DataFrame":
    """The exact figures: those of the country from one region's snapshot, because they are the same in all."""
    import pandas as pd

    answers: list[pd.DataFrame] = []
    for region in _own_regions(question, actor, agreements):
        with open_own(home, readable_publication(home, actor, region), region) as reader:
            answers.append(_answer(reader, question, region=region, with_country=not answers))
    return pd.concat(answers, ignore_index=True)


def _own_regions(question: Question, actor: Actor, agreements: AbstractSet[str]) -> list[str]:
    """The regions whose snapshots answer a question; `actor` may read each of them.

    Raises:
        UnknownCodeError: the area lies in several regions, none of which knows its exact figures.
    """
    if question.widest_area in classification_areas():
        raise UnknownCodeError(
            f"Van {question.widest_area} zijn er geen exacte cijfers: het gebied hoort niet bij één zorgkantoorregio. "
            "Vraag de beschermde cijfers (published)."
        )
    first_day = date(REPORTING_YEAR, 1, 1)
    region = area_register().region_of(question.widest_area, first_day)
    existing = [region] if region else [area.code for area in area_register().existing(AreaLevel.REGION, first_day)]
    readable = [code for code in existing if may(actor, Action.READ_OWN, code, agreements=agreements)]
    if not readable:
        require(actor, Action.READ_OWN, question.widest_area, agreements=agreements)
    return readable[:1] if question.area == COUNTRY else readable


def _answer(
    reader: PublicationReader, question: Question, *, region: str | None = None, with_country: bool = True
) -> "pd.DataFrame":
    known = list(reader.query(_INDICATORS)["indicator_code"])
    if question.indicator not in known:
        raise UnknownCodeError(f"Indicator '{question.indicator}' is er niet; kies uit {', '.join(known)}.")
    parameters = {
        "indicator": question.indicator,
        "level": str(question.level) if question.level else None,
        "area": question.area,
        "period": question.period.code if question.period else None,
        "region": region,
        "with_country": with_country,
    }
    if question.by is By.AGE_SEX:
        return reader.query(_VALUES.format(table=_strata_of(reader), order=", age_group, sex"), parameters)
    return reader.query(_VALUES.format(table=_rows_of(reader, question.history), order=""), parameters)


def _rows_of(reader: PublicationReader, history: History) -> str:
    """Where a publication has the rows; one from before there were two histories has only the first."""
    return _UNDER_TODAY if history is History.TODAY and _has_table(reader, "recomputed") else "value"


def _strata_of(reader: PublicationReader) -> str:
    """Where a publication has the figures by age and sex; one from before there were any has no rows."""
    return "by_stratum" if _has_table(reader, "by_stratum") else _NO_STRATA


def _has_table(reader: PublicationReader, name: str) -> bool:
    return bool(reader.query(_HAS_TABLE, {"name": name})["found"].item())
