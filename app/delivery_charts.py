"""Timeliness and quality over time, as one chart with its sentence and its table.

Belongs here: from cells to what the chart says. Does not belong here: how a chart is drawn (`app/chart_specs.py`)
and what a score means (`app/delivery_words.py`).
"""

from collections.abc import Sequence
from statistics import fmean
from typing import Final, NamedTuple

from app.chart_specs import ACCENT, GREY, Spec, drawing
from app.charts import Chart
from app.delivery_words import percentage_text
from app.figures import number, period_name
from app.markup import Table
from register.delivery_status import DeliveryCell, DeliveryState

_IN_TIME: Final = "op tijd"
_QUALITY: Final = "kwaliteit"


class QuarterScore(NamedTuple):
    """How all regions together did in one quarter; shares are percentages."""

    period_code: str
    region_count: int
    in_time_count: int
    quality_pct: float | None
    """The mean over the regions of which something counts."""

    @property
    def in_time_pct(self) -> float:
        """The share of the regions with every asked indicator in force on the due date."""
        return 100 * self.in_time_count / self.region_count


def quarter_scores(cells: Sequence[DeliveryCell]) -> list[QuarterScore]:
    """The quarters that are due, oldest first."""
    periods = sorted({cell.period for cell in cells if cell.state is not DeliveryState.NOT_DUE})
    return [_score(period, [cell for cell in cells if cell.period == period]) for period in periods]


def score_chart(scores: Sequence[QuarterScore]) -> Chart:
    """Both shares over time.

    Args:
        scores: at least one, oldest first.
    """
    last = scores[-1]
    description = (
        f"{period_name(last.period_code)}: alles op tijd bij {number(last.in_time_count)} van de "
        f"{number(last.region_count)} regio's. De gemiddelde kwaliteit is {percentage_text(last.quality_pct)}."
    )
    return Chart("Op tijd en kwaliteit per kwartaal", description, _spec(scores), _table(scores))


def _score(period: str, cells: Sequence[DeliveryCell]) -> QuarterScore:
    in_time = [cell for cell in cells if cell.accepted_on is not None and cell.accepted_on <= cell.due_date]
    qualities = [cell.quality_score_pct for cell in cells if cell.quality_score_pct is not None]
    return QuarterScore(period, len(cells), len(in_time), fmean(qualities) if qualities else None)


def _table(scores: Sequence[QuarterScore]) -> Table:
    return Table(
        "Op tijd en kwaliteit per kwartaal",
        ("Kwartaal", "Regio's op tijd", "Gemiddelde kwaliteit"),
        [
            (
                period_name(score.period_code),
                f"{number(score.in_time_count)} van {number(score.region_count)}",
                percentage_text(score.quality_pct),
            )
            for score in reversed(scores)
        ],
        numeric=frozenset({1, 2}),
    )


def _spec(scores: Sequence[QuarterScore]) -> Spec:
    rows = [
        {"period": score.period_code, "series": series, "value": value, "text": percentage_text(value)}
        for score in scores
        for series, value in ((_IN_TIME, score.in_time_pct), (_QUALITY, score.quality_pct))
    ]
    encoding = {
        "x": {
            "field": "period",
            "type": "ordinal",
            "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 8},
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "scale": {"domain": [0, 100]},
            "axis": {"title": "%", "titleAngle": 0, "tickCount": 5},
        },
        "color": {
            "field": "series",
            "type": "nominal",
            "scale": {"domain": [_IN_TIME, _QUALITY], "range": [ACCENT, GREY]},
        },
        "strokeDash": {
            "field": "series",
            "type": "nominal",
            "scale": {"domain": [_IN_TIME, _QUALITY], "range": [[1, 0], [5, 4]]},
        },
        "tooltip": [
            {"field": name, "type": "nominal", "title": title}
            for name, title in (("period", "Kwartaal"), ("series", "Wat"), ("text", "Waarde"))
        ],
    }
    mark = {"type": "line", "point": {"size": 22, "filled": True}, "strokeWidth": 2}
    return drawing({"mark": mark, "encoding": encoding, "height": 180}, rows)
