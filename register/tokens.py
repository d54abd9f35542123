"""Tokens with which a region's own system delivers: one secret per token, of which only the hash is kept.

A token reads `jzojp_ZK08_<id>_<secret>`; the secret has 256 random bits, so a plain SHA-256 of it cannot be guessed
back. Belongs here: issuing, revoking, and from a token to an `Actor`. Does not belong here: what that actor may do
(`access.py`) and how a request carries a token.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Final

from pydantic import BaseModel, ConfigDict

from indicators.areas import COUNTRY
from register.access import Action, Actor, Role, may, require
from register.errors import AccessDeniedError, ReasonNeededError, UnknownSubmissionError
from register.events import Event, EventContent, TokenIssued, TokenRevoked
from register.home import Home
from register.ledger import Ledger
from register.lookup import needed_reason, optional_reason

PREFIX: Final = "jzojp"
MAXIMUM_LABEL: Final = 100
_ID_BYTES: Final = 6
_SECRET_BYTES: Final = 32
_NO_HASH: Final = "0" * 64
_DENIED: Final = (
    "Deze toegangscode geeft geen toegang: zij bestaat niet of is ingetrokken. "
    "Vraag de datamedewerker van uw regio of de beheerder om een nieuwe."
)


class IssuedToken(BaseModel):
    """A new token; `secret` is the whole token, shown once and kept nowhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token_id: str
    region: str
    label: str
    secret: str


class Token(BaseModel):
    """A token as everybody may see it who manages those of its region."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token_id: str
    region: str
    label: str
    issued_at: datetime
    issued_by: str
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    revoked_reason: str | None = None

    @property
    def is_valid(self) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None


def issue_token(home: Home, region_code: str, label: str, *, actor: Actor) -> IssuedToken:
    """Make a token with which somebody delivers for a region; `label` says who or what uses it.

    Raises:
        AccessDeniedError: `actor` may not manage the tokens of the region.
        ReasonNeededError: the label is empty, too long, or names a burgerservicenummer.
        UnknownCodeError: the region does not exist.
    """
    require(actor, Action.MANAGE_TOKENS, region_code)
    token_id, name = secrets.token_hex(_ID_BYTES), _label(label)
    secret = f"{PREFIX}_{region_code}_{token_id}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    issued = TokenIssued(token_id=token_id, region=region_code, label=name, secret_hash=_hash(secret))
    Ledger(home).append([issued], actor=actor)
    return IssuedToken(token_id=token_id, region=region_code, label=name, secret=secret)


def revoke_token(home: Home, token_id: str, *, reason: str, actor: Actor) -> Token:
    """Let a token open nothing any more; revoking it again changes nothing.

    Raises:
        AccessDeniedError: `actor` may not manage it, or it does not exist for him.
        ReasonNeededError: there is no reason.
        UnknownSubmissionError: there is no such token.
    """
    said = needed_reason(reason, to="de toegangscode in te trekken")

    def decide(events: Sequence[Event]) -> list[EventContent]:
        token = _manageable(_tokens(events), token_id, actor)
        return [TokenRevoked(token_id=token_id, reason=said)] if token.is_valid else []

    events = Ledger(home).append_decided(decide, actor=actor).events
    return _tokens(events)[token_id]


def tokens(home: Home, *, actor: Actor) -> list[Token]:
    """The tokens that `actor` may manage, also the revoked ones, oldest first.

    Raises:
        AccessDeniedError: `actor` may not manage any.
    """
    if actor.region is None:
        require(actor, Action.MANAGE_TOKENS, COUNTRY)
    else:
        require(actor, Action.MANAGE_TOKENS, actor.region)
    found = _tokens(Ledger(home).events()).values()
    return [token for token in found if may(actor, Action.MANAGE_TOKENS, token.region)]


def actor_of_token(home: Home, secret: str) -> Actor:
    """Who acts with a token: a data officer of its region, under the name of its label.

    Costs one small query; the ledger itself is read only from where it was read before.

    Raises:
        AccessDeniedError: no such token, or it is revoked; the text does not say which.
    """
    known = _seen(home).get(_id_in(secret))
    expected = known.secret_hash if known else _NO_HASH
    if not hmac.compare_digest(_hash(secret), expected) or known is None:
        raise AccessDeniedError(_DENIED)
    return Actor(name=known.label, role=Role.DATA_OFFICER, region=known.region)


@dataclass
class _Seen:
    """The valid tokens of one ledger up to an event."""

    ledger: Ledger
    head: int = 0
    valid: dict[str, TokenIssued] = field(default_factory=dict)

    def read_on(self) -> Mapping[str, TokenIssued]:
        """The valid tokens now; reads only what was added."""
        if self.ledger.head() != self.head:
            for event in self.ledger.events(after=self.head):
                self._take(event)
        return self.valid

    def _take(self, event: Event) -> None:
        self.head = event.sequence
        match event.content:
            case TokenIssued() as issued:
                self.valid[issued.token_id] = issued
            case TokenRevoked(token_id=token_id):
                self.valid.pop(token_id, None)
            case _:
                pass


_lock = Lock()
_seen_by_ledger: dict[tuple[str, int], _Seen] = {}


def _seen(home: Home) -> Mapping[str, TokenIssued]:
    """The valid tokens of a data directory; a database that was put in its place is read anew."""
    with _lock:
        if not home.ledger_path.exists():
            return {}
        key = (str(home.ledger_path), home.ledger_path.stat().st_ino)
        if key not in _seen_by_ledger:
            _seen_by_ledger[key] = _Seen(Ledger(home))
        return dict(_seen_by_ledger[key].read_on())


def _tokens(events: Iterable[Event]) -> dict[str, Token]:
    found: dict[str, Token] = {}
    for event in events:
        match event.content:
            case TokenIssued() as issued:
                found[issued.token_id] = Token(
                    token_id=issued.token_id, region=issued.region, label=issued.label,
                    issued_at=event.occurred_at, issued_by=event.actor.name,
                )  # fmt: skip
            case TokenRevoked(token_id=token_id, reason=reason) if found[token_id].is_valid:
                revoked = {
                    "revoked_at": event.occurred_at, "revoked_by": event.actor.name, "revoked_reason": reason,
                }  # fmt: skip
                found[token_id] = found[token_id].model_copy(update=revoked)
            case _:
                pass
    return found


def _manageable(found: Mapping[str, Token], token_id: str, actor: Actor) -> Token:
    """A token that `actor` may manage; to a region one of another region and none at all are the same."""
    token = found.get(token_id)
    if token is not None and may(actor, Action.MANAGE_TOKENS, token.region):
        return token
    if token is None and may(actor, Action.MANAGE_TOKENS, COUNTRY):
        raise UnknownSubmissionError(f"Toegangscode {token_id} bestaat niet.")
    raise AccessDeniedError(f"Toegangscode {token_id} bestaat niet, of u hebt er geen recht op.")


def _label(text: str) -> str:
    label = optional_reason(text)
    if label is None or len(label) > MAXIMUM_LABEL:
        raise ReasonNeededError(
            f"Geef de toegangscode een naam van hoogstens {MAXIMUM_LABEL} tekens: wie of wat levert ermee aan?"
        )
    return label


def _id_in(secret: str) -> str:
    """The id in a token; empty when the text has not the form of one."""
    parts = secret.split("_", 3)
    return parts[2] if len(parts) == 4 and parts[0] == PREFIX else ""


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
