"""The exceptions of the domain, on one screen."""


class MonitorError(Exception):
    """Base of every error that this project raises on purpose; its text is meant for a person."""


class UnknownCodeError(MonitorError, ValueError):
    """A code that is in no code list: period, area, age band, measure, indicator."""


class DefinitionError(MonitorError):
    """A definition or reference file that contradicts itself, another file or the hash lock."""


class NotCalculableError(MonitorError, ValueError):
    """Numbers from which the calculation kind cannot make a value (for example a denominator of zero)."""
