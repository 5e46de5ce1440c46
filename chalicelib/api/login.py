"""Signing in and out over HTTP."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask, Visit

if TYPE_CHECKING:
    from chalicelib.domain.login.tokens import Grant

api = Api(__name__)

type Phone = Annotated[str, Meta(min_length=1, max_length=30, examples=["10000000001"])]
type Code = Annotated[str, Meta(pattern=r"^[0-9]{6}\Z")]
type Device = Annotated[
    str, Meta(min_length=16, max_length=128, description="A random id the app keeps on the device.")
]
type DeviceName = Annotated[str, Meta(max_length=60)]
type RefreshToken = Annotated[str, Meta(min_length=1, max_length=1000)]


class CodeRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose phone should be sent a code, however the number is written."""

    phone: Phone


class CodeAsked(Struct, frozen=True, kw_only=True):
    """A code is on its way if the number may sign in; the answer is the same for every number."""

    minutes: float
    again_after_seconds: int


class SignIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The code that the phone was sent; `device_name` is what the session is called in the list of sessions."""

    phone: Phone
    code: Code
    device: Device
    device_name: DeviceName = ""


class Renewal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The latest refresh token, from the device that it was given to."""

    refresh_token: RefreshToken
    device: Device


class Tokens(Struct, frozen=True, kw_only=True):
    """The access token goes with every request; the refresh token is good for one renewal, and has a successor then."""

    session_id: str
    access_token: str
    access_expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime


class SignedOut(Struct, frozen=True, kw_only=True):
    """Access tokens of what was ended die within two minutes."""

    ended: bool = True


class OneSession(Struct, frozen=True, kw_only=True):
    """A device that is signed in. `current` is the one that asks."""

    id: str
    device_name: str
    started_at: datetime
    used_at: datetime
    current: bool


class Sessions(Struct, frozen=True, kw_only=True):
    """Where the caller is signed in, the one used last first."""

    sessions: list[OneSession]


@api.route("/login/codes", methods=["POST"], status=202)
def ask_for_code(visit: Visit, body: CodeRequest) -> CodeAsked:
    """Have a code sent by SMS, to sign in with."""
    from chalicelib.services.login import login

    numbers = login.ask(body.phone, address=visit.address, now=visit.now)
    return CodeAsked(minutes=numbers.of("login_code_minutes"), again_after_seconds=numbers.count("login_gap_seconds"))


@api.route("/login", methods=["POST"])
def sign_in(visit: Visit, body: SignIn) -> Tokens:
    """Sign in with the code; the same request again within a minute is answered the same."""
    from chalicelib.services.login import login

    grant = login.enter(
        body.phone, body.code, device=body.device, name=body.device_name, address=visit.address, now=visit.now
    )
    return _tokens(grant)


@api.route("/login/refresh", methods=["POST"])
def renew_tokens(visit: Visit, body: Renewal) -> Tokens:
    """Get a new access token and the refresh token's successor.

    The same token again within a minute, from the same device, gets the same successor: ask again where an answer was
    lost. Later, or from another device, it ends the session, for then somebody has a copy. Who renews faster than that
    can be remembered waits.
    """
    from chalicelib.services.login import sessions

    return _tokens(sessions.renew(body.refresh_token, device=body.device, now=visit.now))


@api.route("/logout", methods=["POST"], authorizer=authorize)
def sign_out(ask: Ask) -> SignedOut:
    """Sign out on this device."""
    from chalicelib.services.login import sessions

    sessions.end(ask.actor, ask.session_id)
    return SignedOut()


@api.route("/logout/everywhere", methods=["POST"], authorizer=authorize)
def sign_out_everywhere(ask: Ask) -> SignedOut:
    """Sign out on every device: no token given out until now is good any more."""
    from chalicelib.services.login import sessions

    sessions.revoke_all(ask.actor.id, ask.now)
    return SignedOut()


@api.route("/me/sessions", methods=["GET"], authorizer=authorize)
def list_sessions(ask: Ask) -> Sessions:
    """On which devices am I signed in?"""
    from chalicelib.services.login import sessions

    found = [
        OneSession(
            id=one.id,
            device_name=one.device_name,
            started_at=one.started_at,
            used_at=one.used_at,
            current=one.id == ask.session_id,
        )
        for one in sessions.listing(ask.actor, now=ask.now)
    ]
    return Sessions(sessions=found)


@api.route("/me/sessions/{session_id}", methods=["DELETE"], authorizer=authorize)
def end_session(ask: Ask, session_id: str) -> SignedOut:
    """Sign out on another device; one that is signed out stays so."""
    from chalicelib.services.login import sessions

    sessions.end(ask.actor, session_id)
    return SignedOut()


def _tokens(grant: "Grant") -> Tokens:
    return Tokens(
        session_id=grant.session_id,
        access_token=grant.access_token,
        access_expires_at=grant.access_expires_at,
        refresh_token=grant.refresh_token,
        refresh_expires_at=grant.refresh_expires_at,
    )
