"""The rules that open and close signals: pure functions on what is known now.

Each rule stands in words beside its kind (`signal_kinds.py`). Belongs here: what is seen, and what must be written down
because of it. Does not belong here: where the evidence comes from (`signal_evaluation.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from indicators.periods import Period
from indicators.xmr import SpecialCause, largest_step
from register.delivery_status import DeliveryCell, DeliveryState
from register.events import EventContent
from register.signal_events import Cause, ClosedBecause, SignalClosed, SignalOpened, SignalSeenAgain
from register.signal_kinds import QUALITY_BOUND_PCT, QUALITY_DROP_PCT, SignalKind
from register.signal_states import Signal, open_by_cause


class PathEvidence(NamedTuple):
    """How an agreed path stands, as `mart.target_state` says it."""

    path: str
    indicator: str
    area: str
    period: str | None
    state: str
    previous_state: str | None
    is_out_of_reach: bool


class CauseEvidence(NamedTuple):
    """The last quarter of a series, as `mart.special_cause` says it."""

    indicator: str
    area: str
    period: str
    cause: SpecialCause | None
    """Why chance does not explain it; None where it does."""
    step: float | None
    """How much it differs from the quarter before; None for the first."""
    width: float
    """Of the limits, from the mean."""

    @property
    def asks_attention(self) -> bool:
        """Whether it is outside the limits and came there by a step beyond chance, not by years of rising."""
        is_outside = self.cause in {SpecialCause.ABOVE_LIMITS, SpecialCause.BELOW_LIMITS}
        return is_outside and self.step is not None and self.step > largest_step(self.width)


@dataclass(frozen=True)
class Evidence:
    """Everything that signals are judged by."""

    paths: tuple[PathEvidence, ...] | None = None
    """None where there are no figures to judge: signals about figures then stay as they are."""
    series: tuple[CauseEvidence, ...] | None = None
    deliveries: tuple[DeliveryCell, ...] = ()


class Seen(NamedTuple):
    """A cause that is there now, and in which period."""

    period: str
    detail: str


@dataclass
class Findings:
    """What the evidence says about each cause: seen, not seen in a period, or nothing to see any more."""

    seen: dict[Cause, Seen] = field(default_factory=dict)
    absent: dict[Cause, tuple[str, bool]] = field(default_factory=dict)
    """The period in which it is absent, and whether that is enough to close."""


_STATES: Final = {"stalled": SignalKind.STALLED, "worsening": SignalKind.WORSENING}


def to_record(found: Iterable[Signal], evidence: Evidence) -> list[EventContent]:
    """What must be written down now: opened, seen again in a later period, closed by itself."""
    findings, known = judge(evidence), list(found)
    standing, settled = open_by_cause(known), _settled(known)
    new = [
        _opened(cause, seen)
        for cause, seen in findings.seen.items()
        if cause not in standing and (cause not in settled or settled[cause] < Period.parse(seen.period))
    ]
    judged = [signal for signal in standing.values() if _is_judged(signal, evidence)]
    changed = [_change(signal, findings) for signal in judged]
    return [*new, *(content for content in changed if content is not None)]


def _settled(found: Iterable[Signal]) -> dict[Cause, Period]:
    """The last period in which a cause was seen that a person closed: what he settled opens in a later one only."""
    by_hand = (signal for signal in found if signal.closed_because is ClosedBecause.PERSON)
    return {signal.cause: Period.parse(signal.seen_in) for signal in by_hand}


def _is_judged(signal: Signal, evidence: Evidence) -> bool:
    if signal.cause.signal.is_about_a_path:
        return evidence.paths is not None
    return signal.cause.signal is not SignalKind.SPECIAL_CAUSE or evidence.series is not None


def judge(evidence: Evidence) -> Findings:
    """What the evidence says about every cause that it is about."""
    findings = Findings()
    for path in evidence.paths or ():
        _judge_path(path, findings)
    for series in evidence.series or ():
        _judge_series(series, findings)
    _judge_deliveries(evidence.deliveries, findings)
    return findings


def _judge_path(path: PathEvidence, findings: Findings) -> None:
    if path.period is None:
        return
    for code, kind in _STATES.items():
        cause = Cause(signal=kind, area=path.area, indicator=path.indicator, path=path.path)
        is_now, was_before = path.state == code, path.previous_state == code
        if is_now and (was_before or kind is SignalKind.STALLED):
            findings.seen[cause] = Seen(path.period, kind.words)
        else:
            findings.absent[cause] = (path.period, not is_now and not was_before)
    cause = Cause(signal=SignalKind.OUT_OF_REACH, area=path.area, indicator=path.indicator, path=path.path)
    if path.is_out_of_reach:
        findings.seen[cause] = Seen(path.period, SignalKind.OUT_OF_REACH.words)
    else:
        findings.absent[cause] = (path.period, True)


def _judge_series(series: CauseEvidence, findings: Findings) -> None:
    cause = Cause(signal=SignalKind.SPECIAL_CAUSE, area=series.area, indicator=series.indicator)
    if series.cause is not None and series.asks_attention:
        findings.seen[cause] = Seen(series.period, series.cause.words)
    else:
        findings.absent[cause] = (series.period, True)


def _judge_deliveries(cells: Iterable[DeliveryCell], findings: Findings) -> None:
    by_place: Mapping[tuple[str, str], DeliveryCell] = {(cell.region, cell.period): cell for cell in cells}
    for (region, period), cell in by_place.items():
        overdue = Cause(signal=SignalKind.OVERDUE, area=region, period=period)
        if cell.state is DeliveryState.OVERDUE:
            findings.seen[overdue] = Seen(period, f"{len(cell.missing_datasets)} onderdelen ontbreken")
        else:
            findings.absent[overdue] = (period, True)
        quality = Cause(signal=SignalKind.QUALITY, area=region, period=period)
        told = _quality(cell, by_place.get((region, Period.parse(period).shifted(-1).code)))
        if told is None:
            findings.absent[quality] = (period, True)
        else:
            findings.seen[quality] = Seen(period, told)


def _quality(cell: DeliveryCell, before: DeliveryCell | None) -> str | None:
    score = cell.quality_score_pct
    if score is None:
        return None
    if score < QUALITY_BOUND_PCT:
        return f"{score:.0f} % zonder waarschuwing, de grens is {QUALITY_BOUND_PCT:.0f} %"
    earlier = None if before is None else before.quality_score_pct
    if earlier is not None and earlier - score > QUALITY_DROP_PCT:
        return f"{score:.0f} % zonder waarschuwing, een kwartaal eerder {earlier:.0f} %"
    return None


def _opened(cause: Cause, seen: Seen) -> SignalOpened:
    return SignalOpened(cause=cause, rule_version=cause.signal.rule_version, seen_in=seen.period, detail=seen.detail)


def _change(signal: Signal, findings: Findings) -> EventContent | None:
    """What follows for a signal that is open."""
    seen = findings.seen.get(signal.cause)
    if seen is not None:
        is_later = Period.parse(signal.seen_in) < Period.parse(seen.period)
        return SignalSeenAgain(signal=signal.number, seen_in=seen.period, detail=seen.detail) if is_later else None
    absent = findings.absent.get(signal.cause)
    if absent is None:
        return None if signal.cause.period is not None else _ended(signal)
    period, is_enough = absent
    if period == signal.seen_in:
        return _closed(signal, ClosedBecause.CORRECTED, f"de cijfers van {period} zijn gecorrigeerd")
    if is_enough:
        return _closed(signal, ClosedBecause.GONE, f"de cijfers van {period} geven er geen aanleiding meer toe")
    return None


def _ended(signal: Signal) -> SignalClosed:
    return _closed(signal, ClosedBecause.ENDED, "de afspraak, het doel of de reeks waarover het ging is er niet meer")


def _closed(signal: Signal, because: ClosedBecause, reason: str) -> SignalClosed:
    return SignalClosed(signal=signal.number, because=because, reason=f"{reason}.")
