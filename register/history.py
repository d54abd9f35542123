"""Looking back: the receipt of a submission, all receipts of a region, and the files themselves.

Belongs here: reading what was received before. Does not belong here: what was not received (`delivery_status.py`).
"""

from indicators.areas import COUNTRY
from indicators.periods import Period
from register.access import Action, Actor, may, require
from register.errors import QuarantinedFileError
from register.home import Home
from register.ledger import Ledger
from register.lookup import submission_for
from register.raw_files import RawFiles
from register.receipts import Receipt, receipt_of
from register.submissions import submissions


def receipt(home: Home, number: int, *, actor: Actor) -> Receipt:
    """The receipt of a submission as it stands now.

    Raises:
        AccessDeniedError: `actor` may not read it, or it does not exist for him.
        UnknownSubmissionError: there is no such submission.
    """
    found = submissions(Ledger(home).events())
    return receipt_of(submission_for(found, number, action=Action.READ_SUBMISSION, actor=actor))


def history(home: Home, *, region_code: str | None = None, period: Period | None = None, actor: Actor) -> list[Receipt]:
    """The receipts of everything that was sent and that `actor` may read, newest first; None restricts nothing.

    Raises:
        AccessDeniedError: `actor` may not read the submissions of the region, or of any.
        UnknownCodeError: the region does not exist.
    """
    if region_code is not None or actor.region is None:
        require(actor, Action.READ_SUBMISSION, region_code or COUNTRY)
    found = [
        item
        for item in submissions(Ledger(home).events()).values()
        if region_code in (None, item.delivery.region)
        and period in (None, item.period)
        and may(actor, Action.READ_SUBMISSION, item.delivery.region)
    ]
    return [receipt_of(item) for item in reversed(found)]


def raw_file(home: Home, number: int, *, actor: Actor) -> tuple[str, bytes]:
    """The name and the bytes of a file as it was sent.

    Raises:
        AccessDeniedError: `actor` may not read it, or it does not exist for him.
        DamagedFileError: the file is gone or damaged.
        QuarantinedFileError: it holds personal data.
        UnknownSubmissionError: there is no such submission.
    """
    found = submissions(Ledger(home).events())
    submission = submission_for(found, number, action=Action.READ_SUBMISSION, actor=actor)
    if submission.has_personal_data:
        raise QuarantinedFileError(
            f"Aanlevering {number} bevat persoonsgegevens. Het bestand wordt niet meer getoond; gebruik uw eigen kopie."
        )
    return submission.delivery.file_name, RawFiles(home).read(submission.delivery.sha256)
