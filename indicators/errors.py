"""The exceptions of the domain, on one screen."""

from indicators.states import ReasonCode


class MonitorError(Exception):
    """Base of every error that this project raises on purpose; its text is meant for a person."""


class UnknownCodeError(MonitorError, ValueError):
    """A code that is in no code list: period, area, age band, measure, indicator."""


class DefinitionError(MonitorError):
    """A definition or reference file that contradicts itself, another file or the hash lock."""


class PolicyError(MonitorError, ValueError):
    """A protection policy that would show more than METHODS 5 allows."""


class NotCalculableError(MonitorError, ValueError):
    """Numbers from which the calculation kind cannot make a value; `reason` is what readers are told."""

    def __init__(self, message: str, reason: ReasonCode) -> None:
        super().__init__(message)
        self.reason = reason
