"""Errors survive the way from one process to another, with their text and what they carry."""

import pickle

import pytest

from expectations.findings import Finding, Severity
from indicators.errors import MonitorError, NotCalculableError, UnknownCodeError
from indicators.states import ReasonCode
from register.errors import IngestRefusedError, LedgerBrokenError, WrongStateError

FINDING = Finding(
    row=2,
    column="Teller",
    value="x",
    rule="getal.geen_getal",
    severity=Severity.ERROR,
    message="Fout.",
    remedy="Herstel.",
)


@pytest.mark.parametrize(
    "error",
    [
        UnknownCodeError("GM9999 bestaat niet."),
        WrongStateError("Telt al niet mee."),
        LedgerBrokenError(7, "de gebeurtenis ontbreekt"),
        IngestRefusedError("Geen bruikbaar bestand.", (FINDING,)),
        NotCalculableError("Noemer is 0.", ReasonCode.ZERO_DENOMINATOR),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_arrives_whole(error: MonitorError) -> None:
    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301 - what we wrote ourselves
    assert type(arrived) is type(error)
    assert str(arrived) == str(error)
    assert vars(arrived) == vars(error)
