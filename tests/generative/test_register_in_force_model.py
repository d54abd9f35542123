"""The register against a tiny model: deliveries come, come again, are corrected, judged late and withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, RuleBasedStateMachine, consumes, invariant, multiple, rule

from expectations.findings import Outcome
from register.access import OPERATOR
from register.events import GENESIS, Accepted, Event, EventContent, Received, Rejected, Withdrawn
from register.in_force import batches_in_force
from register.intake import not_yet_received
from register.judging import verdicts_and_confirmations
from register.submissions import SubmissionState, pending, submissions

REGIONS = st.sampled_from(["ZK08", "ZK10"])
PERIODS = st.sampled_from(["2025Q3", "2025Q4"])
BYTES = st.sampled_from("abcd")
DATASETS = st.sets(st.sampled_from(["PRE02", "OUD01", "DIG01"]), min_size=1)
SKEWS = st.integers(-(10**9), 10**9)
READ = {"rows_read": 1, "findings": (), "finding_counts": {}, "normalisations": ()}
Place = tuple[str, str, str]


@dataclass
class Model:
    """Per place the accepted submissions, in order of receipt; and in which order they were accepted."""

    known: dict[tuple[str, str, str], int] = field(default_factory=dict)
    places: dict[int, list[Place]] = field(default_factory=dict)
    standing: dict[Place, list[int]] = field(default_factory=dict)
    ever_counted: dict[Place, list[int]] = field(default_factory=dict)

    def accept(self, number: int, places: list[Place]) -> None:
        self.places[number] = places
        for place in places:
            self.standing[place] = sorted([*self.standing.get(place, []), number])

    def withdraw(self, number: int) -> None:
        for place in self.places[number]:
            self.standing[place].remove(number)

    def in_force(self) -> dict[Place, int]:
        return {place: numbers[-1] for place, numbers in self.standing.items() if numbers}

    def note_what_counts(self) -> None:
        for place, number in self.in_force().items():
            if number not in self.ever_counted.setdefault(place, []):
                self.ever_counted[place].append(number)


class Register(RuleBasedStateMachine):
    """Drives the pure functions through the same decisions as `intake`, and the model beside them."""

    unjudged: Bundle[int] = Bundle("unjudged")
    accepted: Bundle[int] = Bundle("accepted")

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.model = Model()

    def append(self, contents: Sequence[EventContent], skew: int) -> list[int]:
        """Add events at any moment: the clock must not matter."""
        first = len(self.events) + 1
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=skew)
        self.events += [
            Event(sequence=n, occurred_at=moment, actor=OPERATOR, content=content, previous_hash=GENESIS, hash=GENESIS)
            for n, content in enumerate(contents, start=first)
        ]
        self.model.note_what_counts()
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

    @rule(target=accepted, number=consumes(unjudged), datasets=DATASETS, skew=SKEWS)
    def accept(self, number: int, datasets: set[str], skew: int) -> int:
        delivery = submissions(self.events)[number].delivery
        self.model.accept(number, [(delivery.region, delivery.period, dataset) for dataset in datasets])
        verdict = Accepted(
            submission=number, outcome=Outcome.ACCEPTED, datasets=tuple(sorted(datasets)), canonical_hash="c" * 64,
            **READ,
        )  # fmt: skip
        assert self.append(verdicts_and_confirmations([verdict], self.events, None, ()), skew)
        return number

    @rule(number=consumes(unjudged), skew=SKEWS)
    def reject(self, number: int, skew: int) -> None:
        assert self.append(
            verdicts_and_confirmations([Rejected(submission=number, **READ)], self.events, None, ()), skew
        )

    @rule(number=accepted, skew=SKEWS)
    def judge_again(self, number: int, skew: int) -> None:
        assert (
            self.append(verdicts_and_confirmations([Rejected(submission=number, **READ)], self.events, None, ()), skew)
            == []
        )

    @rule(number=consumes(accepted), skew=SKEWS)
    def withdraw(self, number: int, skew: int) -> None:
        self.model.withdraw(number)
        self.append([Withdrawn(submission=number, reason="verkeerd bestand")], skew)

    @invariant()
    def what_is_in_force_is_what_the_model_says(self) -> None:
        batches = batches_in_force(self.events)
        found = {(batch.region_code, batch.period.code, batch.dataset_code): batch.number for batch in batches}
        assert found == self.model.in_force()
        assert len(found) == len(batches)

    @invariant()
    def a_correction_is_what_came_after_another(self) -> None:
        for batch in batches_in_force(self.events):
            history = self.model.ever_counted[batch.region_code, batch.period.code, batch.dataset_code]
            assert batch.is_correction == (history[0] != batch.number)

    @invariant()
    def the_states_follow(self) -> None:
        counting = set(self.model.in_force().values())
        for number, submission in submissions(self.events).items():
            if submission.state is SubmissionState.ACCEPTED:
                assert number in counting
            if submission.state is SubmissionState.SUPERSEDED:
                assert number not in counting
                assert set(submission.superseded_by) <= counting

    @invariant()
    def every_delivery_has_one_submission(self) -> None:
        keys = [submission.key for submission in submissions(self.events).values()]
        assert len(set(keys)) == len(keys) == len(self.model.known)

    @invariant()
    def what_is_pending_has_no_verdict(self) -> None:
        judged = {e.content.submission for e in self.events if isinstance(e.content, Accepted | Rejected)}
        assert {item.number for item in pending(self.events)} == set(submissions(self.events)) - judged


TestRegister = Register.TestCase
TestRegister.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
