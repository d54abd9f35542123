"""Goals: a number that was measured, and what it may be at most."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from bench.ratios import ratio_of
from bench.rounds import Runs


class Outcome(NamedTuple):
    """What became of a goal."""

    what: str
    measured: str
    goal: str
    is_met: bool


class Goal(Protocol):
    """Something that must hold."""

    def outcome(self, measured: Mapping[str, Runs]) -> Outcome:
        """Whether it holds, given the runs of every job."""
        ...


class RatioGoal(NamedTuple):
    """The time of one job is at most so many times that of another."""

    what: str
    ours: str
    peer: str
    at_most: float
    peer_factor: int = 1
    """How many times the peer's file fits in ours: its time is multiplied by this."""

    def outcome(self, measured: Mapping[str, Runs]) -> Outcome:
        """The ratio of medians with its interval."""
        peer = [self.peer_factor * seconds for seconds in measured[self.peer].seconds]
        ratio, lower, upper = ratio_of(measured[self.ours].seconds, peer)
        told = f"{ratio:.2f} x ({lower:.2f}-{upper:.2f})"
        return Outcome(self.what, told, f"<= {self.at_most:g} x", ratio <= self.at_most)


class LimitGoal(NamedTuple):
    """A number of one job is at most so much."""

    what: str
    ours: str
    name: str
    """Of `Run`."""
    at_most: float
    unit: str

    def outcome(self, measured: Mapping[str, Runs]) -> Outcome:
        """The median time, or the most memory."""
        runs = measured[self.ours]
        found = runs.most(self.name) if self.unit == "MB" else runs.median(self.name)
        shown = f"{found:,.0f}" if self.unit == "MB" else f"{found:.2f}"
        goal = f"<= {self.at_most:,g} {self.unit}"
        return Outcome(self.what, f"{shown} {self.unit}", goal, found <= self.at_most)
