"""The register against a tiny model: deliveries come, come again, are judged late, confirmed, withdrawn, reinstated."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, RuleBasedStateMachine, consumes, invariant, multiple, rule

from register.events import (
    Accepted,
    Confirmed,
    Event,
    EventContent,
    Purged,
    Received,
    Reinstated,
    Rejected,
    Withdrawn,
)
from register.in_force import batches_in_force
from register.intake import Confirmation, not_yet_received
from register.judging import verdicts_and_confirmations
from register.personal_data import set_apart
from register.submission_rules import can_be_confirmed, can_be_purged, can_be_reinstated, can_be_withdrawn
from register.submissions import SubmissionState, pending, submissions
from tests.support_ledger import accepted, ledger, rejected, warned

REGIONS = st.sampled_from(["ZK08", "ZK10"])
PERIODS = st.sampled_from(["2025Q3", "2025Q4"])
BYTES = st.sampled_from("abcd")
DATASETS = st.sets(st.sampled_from(["PRE02", "OUD01", "DIG01"]), min_size=1)
SKEWS = st.integers(-(10**9), 10**9)
SAID = st.sampled_from([None, Confirmation(None), Confirmation("klopt")])
Place = tuple[str, str, str]


@dataclass
class Model:
    """What stands, per place in the order of receipt or reinstating; and what has ever stood there, in that order."""

    known: dict[tuple[str, str, str], int] = field(default_factory=dict)
    places: dict[int, list[Place]] = field(default_factory=dict)
    ranks: dict[int, int] = field(default_factory=dict)
    standing: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    withdrawn: set[int] = field(default_factory=set)
    purged: set[int] = field(default_factory=set)
    stood: list[int] = field(default_factory=list)
    stood_before_reinstating: dict[int, int] = field(default_factory=dict)

    def accept(self, number: int, places: list[Place]) -> None:
        self.places[number], self.ranks[number] = places, number
        self.stand(number)

    def await_confirmation(self, number: int, places: list[Place]) -> None:
        self.places[number], self.ranks[number] = places, number
        self.waiting.add(number)

    def stand(self, number: int) -> None:
        self.waiting.discard(number)
        self.withdrawn.discard(number)
        self.standing.add(number)
        if number not in self.stood:
            self.stood.append(number)

    def withdraw(self, number: int) -> None:
        self.standing.discard(number)
        self.waiting.discard(number)
        self.withdrawn.add(number)

    def reinstate(self, number: int, at: int) -> None:
        self.stood_before_reinstating[number] = len(self.stood)
        self.ranks[number] = at
        self.stand(number)

    def in_force(self) -> dict[Place, int]:
        ordered = sorted(self.standing, key=lambda number: self.ranks[number])
        return {place: number for number in ordered for place in self.places[number]}

    def is_superseded(self, number: int) -> bool:
        found = self.in_force()
        return all(place in found and self.ranks[found[place]] > self.ranks[number] for place in self.places[number])

    def is_correction(self, number: int, place: Place) -> bool:
        """Whether another one stood before it, or before it came back."""
        until = self.stood_before_reinstating.get(number, self.stood.index(number))
        return any(place in self.places[other] for other in self.stood[:until] if other != number)


class Register(RuleBasedStateMachine):
    """Drives the pure functions through the same decisions as `intake`, and the model beside them."""

    unjudged: Bundle[int] = Bundle("unjudged")
    judged: Bundle[int] = Bundle("judged")

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.model = Model()

    def append(self, contents: Sequence[EventContent], skew: int) -> list[int]:
        """Add events at any moment: the clock must not matter."""
        first = len(self.events) + 1
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=skew)
        self.events = ledger(*contents, moment=moment, before=self.events)
        return list(range(first, len(self.events) + 1))

    @rule(target=unjudged, region=REGIONS, period=PERIODS, name=BYTES, skew=SKEWS)
    def receive(self, region: str, period: str, name: str, skew: int) -> MultipleResults[int]:
        wanted = Received(
            region=region, period=period, uitvraag_version=1, sha256=name * 64, size=1, file_name=f"{skew}.csv"
        )
        new = self.append(not_yet_received([wanted, wanted], self.events), skew)
        is_known = (region, period, name) in self.model.known
        assert len(new) == (0 if is_known else 1)
        for number in new:
            self.model.known[region, period, name] = number
        return multiple(*new)

    def places_of(self, number: int, datasets: set[str]) -> list[Place]:
        delivery = submissions(self.events)[number].delivery
        return [(delivery.region, delivery.period, dataset) for dataset in datasets]

    def record(self, verdict: Accepted | Rejected, confirmation: Confirmation | None, skew: int) -> list[int]:
        number = verdict.submission
        return self.append(verdicts_and_confirmations([verdict], self.events, confirmation, {number}), skew)

    @rule(target=judged, number=consumes(unjudged), datasets=DATASETS, skew=SKEWS)
    def accept(self, number: int, datasets: set[str], skew: int) -> int:
        self.model.accept(number, self.places_of(number, datasets))
        assert len(self.record(accepted(number, *sorted(datasets)), Confirmation("niet nodig"), skew)) == 1
        return number

    @rule(target=judged, number=consumes(unjudged), datasets=DATASETS, asks=st.booleans(), said=SAID, skew=SKEWS)
    def warn(self, number: int, datasets: set[str], asks: bool, said: Confirmation | None, skew: int) -> int:
        self.model.await_confirmation(number, self.places_of(number, datasets))
        is_confirmed = said is not None and (said.reason is not None or not asks)
        verdict = warned(number, *sorted(datasets), asks_reason=asks)
        assert len(self.record(verdict, said, skew)) == 1 + is_confirmed
        if is_confirmed:
            self.model.stand(number)
        return number

    @rule(target=judged, number=consumes(unjudged), is_personal=st.booleans(), skew=SKEWS)
    def reject(self, number: int, is_personal: bool, skew: int) -> int:
        assert self.record(rejected(number, has_personal_data=is_personal), Confirmation("x"), skew)
        return number

    @rule(number=judged, skew=SKEWS)
    def judge_again(self, number: int, skew: int) -> None:
        assert self.record(rejected(number), None, skew) == []

    @rule(number=judged, skew=SKEWS)
    def confirm(self, number: int, skew: int) -> None:
        submission = submissions(self.events)[number]
        expected = number in self.model.waiting and not self.model.is_superseded(number)
        assert can_be_confirmed(submission) is expected
        if expected:
            self.append([Confirmed(submission=number, reason=None)], skew)
            self.model.stand(number)

    @rule(number=judged, skew=SKEWS)
    def withdraw(self, number: int, skew: int) -> None:
        expected = number in self.model.standing | self.model.waiting
        assert can_be_withdrawn(submissions(self.events)[number]) is expected
        if expected:
            self.append([Withdrawn(submission=number, reason="verkeerd bestand")], skew)
            self.model.withdraw(number)

    @rule(number=judged, skew=SKEWS)
    def reinstate(self, number: int, skew: int) -> None:
        submission = submissions(self.events)[number]
        expected = number in self.model.withdrawn or (
            number in self.model.waiting and self.model.is_superseded(number)
        ) or (number in self.model.standing and bool(submission.superseded_by))  # fmt: skip
        assert can_be_reinstated(submission) is expected
        if expected:
            (at,) = self.append([Reinstated(submission=number, reason="toch goed")], skew)
            self.model.reinstate(number, at)

    @rule(number=judged, skew=SKEWS)
    def purge(self, number: int, skew: int) -> None:
        submission = submissions(self.events)[number]
        if can_be_purged(submission):
            assert submission.has_personal_data
            self.append([Purged(submission=number, sha256=submission.delivery.sha256, reason="bsn")], skew)
            self.model.purged.add(number)

    @invariant()
    def what_is_in_force_is_what_the_model_says(self) -> None:
        batches = batches_in_force(self.events)
        found = {(batch.region_code, batch.period.code, batch.dataset_code): batch.number for batch in batches}
        assert found == self.model.in_force()
        assert len(found) == len(batches)

    @invariant()
    def a_correction_is_what_came_after_another(self) -> None:
        for batch in batches_in_force(self.events):
            place = (batch.region_code, batch.period.code, batch.dataset_code)
            assert batch.is_correction == self.model.is_correction(batch.number, place)

    @invariant()
    def the_states_follow(self) -> None:
        in_force = set(self.model.in_force().values())
        for number, submission in submissions(self.events).items():
            state = submission.state
            assert (state is SubmissionState.WITHDRAWN) == (number in self.model.withdrawn)
            assert (state is SubmissionState.PURGED) == (number in self.model.purged)
            if state in {SubmissionState.ACCEPTED, SubmissionState.PARTLY_SUPERSEDED}:
                assert number in in_force
            if state is SubmissionState.SUPERSEDED:
                assert number not in in_force
                assert set(submission.superseded_by) <= in_force
            if state is SubmissionState.AWAITING_CONFIRMATION:
                assert number in self.model.waiting
                assert number not in in_force

    @invariant()
    def personal_data_is_set_apart_until_it_is_destroyed(self) -> None:
        found = submissions(self.events).values()
        destroyed = {item.delivery.sha256 for item in found if item.is_purged}
        assert set_apart(self.events).destroyed == destroyed
        personal = {item.delivery.sha256 for item in found if item.has_personal_data}
        assert set_apart(self.events).quarantined == personal - destroyed

    @invariant()
    def every_delivery_has_one_submission(self) -> None:
        keys = [submission.key for submission in submissions(self.events).values()]
        assert len(set(keys)) == len(keys) == len(self.model.known)

    @invariant()
    def what_is_pending_has_no_verdict(self) -> None:
        judged = {e.content.submission for e in self.events if isinstance(e.content, Accepted | Rejected)}
        assert {item.number for item in pending(self.events)} == set(submissions(self.events)) - judged


TestRegister = Register.TestCase
TestRegister.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
