"""The exceptions of the register, on one screen; every text is Dutch and names the remedy."""

from expectations.findings import Finding
from indicators.errors import MonitorError
from register.agreement_faults import AgreementFault, told


class RegisterError(MonitorError):
    """Base of every error that the register raises on purpose."""


class AccessDeniedError(RegisterError):
    """The actor may not do this for this area."""


class LockedError(RegisterError):
    """Another process holds the lock."""


class StorageError(RegisterError):
    """The disk or the database did not take what was written; nothing of it counts."""


class DamagedFileError(RegisterError):
    """A stored file is gone, or its content is not what its name says."""


class ReadDifferenceError(RegisterError):
    """The same file, read again, gives other rows than when it was accepted."""


class LedgerBrokenError(RegisterError):
    """The chain of the ledger does not hold; `sequence` is the first event that is wrong."""

    def __init__(self, sequence: int, reason: str) -> None:
        self.sequence = sequence
        super().__init__(
            f"Het register is beschadigd of gewijzigd: gebeurtenis {sequence} klopt niet ({reason}). "
            "Gebruik dit register niet verder en zet de laatste goede reservekopie terug."
        )


class HeadMovedError(RegisterError):
    """Another process added events between reading and appending; read on and decide again."""


class UnknownSubmissionError(RegisterError):
    """There is no submission or token with this number."""


class UnknownSignalError(RegisterError):
    """There is no signal with this number, or it is not for this actor."""


class WrongStateError(RegisterError):
    """The submission is not in a state in which this can be done."""


class ReasonNeededError(RegisterError):
    """This can only be done with a reason; the text says why."""


class QuarantinedFileError(RegisterError):
    """The bytes hold personal data: they are set apart and are not read, or they are destroyed."""


class IngestRefusedError(RegisterError):
    """An open-data file that cannot be read; nothing of it is kept."""

    def __init__(self, message: str, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(message)


class UnknownRecordError(RegisterError):
    """There is no afspraak, duiding, organisation or recipient with this code for the actor."""


class StaleVersionError(RegisterError):
    """An afspraak or duiding was changed since the version on which a change is based; read it again."""


class EntryRefusedError(RegisterError):
    """What somebody entered breaks rules; nothing of it is kept and every fault is told."""

    def __init__(self, faults: tuple[AgreementFault, ...]) -> None:
        self.faults = faults
        super().__init__(told(faults))


class AgreementRefusedError(EntryRefusedError):
    """An afspraak, or a file with them, that breaks rules."""


class NoPublicationError(RegisterError):
    """There is no publication (yet) that the actor may read."""
