"""Named places where a test can break the process, to prove that nothing is lost there.

`JZOJP_FAILPOINT=store.after_rename:kill` kills the process (SIGKILL) at that place, `:full` acts as a full disk.
The variable is read when the place is reached; without it nothing happens. The names are the closed enum below,
so that a test can visit every one.
"""

import errno
import os
import signal
from enum import StrEnum
from typing import Final

VARIABLE: Final = "JZOJP_FAILPOINT"


class Failpoint(StrEnum):
    """Every place, in the order in which `receive`, setting apart, purging, publishing and then notifying pass them."""

    STORE_BEFORE_FSYNC = "store.before_fsync"
    STORE_BEFORE_RENAME = "store.before_rename"
    STORE_AFTER_RENAME = "store.after_rename"
    APPEND_BEFORE_INSERT = "append.before_insert"
    APPEND_BEFORE_COMMIT = "append.before_commit"
    APPEND_AFTER_COMMIT = "append.after_commit"
    RECEIVE_BEFORE_JUDGE = "receive.before_judge"
    RECEIVE_BEFORE_VERDICT = "receive.before_verdict"
    RECEIVE_AFTER_VERDICT = "receive.after_verdict"
    QUARANTINE_BEFORE_RENAME = "quarantine.before_rename"
    QUARANTINE_AFTER_RENAME = "quarantine.after_rename"
    PURGE_BEFORE_UNLINK = "purge.before_unlink"
    PURGE_AFTER_UNLINK = "purge.after_unlink"
    PUBLISH_BEFORE_RENAME = "publish.before_rename"
    POINTER_BEFORE_RENAME = "pointer.before_rename"
    NOTICE_BEFORE_SEND = "notice.before_send"
    NOTICE_AFTER_SEND = "notice.after_send"


def reach(place: Failpoint) -> None:
    """Break here when the environment asks for it.

    Raises:
        OSError: the action is `full`.
        ValueError: the action is neither `kill` nor `full`.
    """
    name, _, action = os.environ.get(VARIABLE, "").partition(":")
    if name != place:
        return
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if action == "full":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    raise ValueError(f"{VARIABLE}={name}:{action}: the action is 'kill' or 'full'")
