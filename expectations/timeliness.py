"""Whether a delivery comes too early or too late; known only for a file with a day of receipt."""

from expectations.findings import Finding
from expectations.judgement import FileToJudge
from expectations.rules import Rule, make_finding
from indicators.uitvraag import uitvraag_for


def timeliness(file: FileToJudge) -> list[Finding]:
    """A warning while the quarter is not over, information after the due date.

    Raises:
        UnknownCodeError: nothing is asked about the period.
    """
    if file.received_on is None:
        return []
    code = file.period.code
    if file.received_on <= file.period.end:
        return [make_finding(Rule.PERIOD_NOT_OVER, asked_period_code=code, last_day=f"{file.period.end:%d-%m-%Y}")]
    due = uitvraag_for(file.period).due_date(file.period)
    late = (file.received_on - due).days
    if late <= 0:
        return []
    return [make_finding(Rule.DELIVERY_LATE, asked_period_code=code, due_day=f"{due:%d-%m-%Y}", days=late)]
