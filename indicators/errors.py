"""The exceptions of the domain, on one screen."""

from collections.abc import Mapping
from typing import Any

from indicators.states import ReasonCode


class MonitorError(Exception):
    """Base of every error that this project raises on purpose; its text is meant for a person.

    It arrives whole from another process, whatever its constructor asks.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """How it travels: its class, its text and its attributes, without calling the constructor again."""
        return _revived, (type(self), self.args, self.__dict__)


def _revived(kind: type[MonitorError], arguments: tuple[Any, ...], attributes: Mapping[str, Any]) -> MonitorError:
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    error.__dict__.update(attributes)
    return error


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
