"""Help certificates: that a courier helped, when, in which village, with what; of whom he helped, nothing (DOMAIN §4).

It is signed, so that anybody can see that it is ours; whether it still stands, the register says.
"""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

from chalicelib.domain.errors import AlreadyDone, Conflict, Invalid
from chalicelib.domain.reference.calendar import today

SIGNED = 64  # bytes of an Ed25519 signature
VERSION, PREFIX = 1, "c"
# Version, kind, village, day, minutes, issued at, id, key; behind them the name. A link takes 200 characters in all.
LAYOUT = struct.Struct(">BBQIHI16s4s")
NAME = 45  # bytes: fifteen Chinese characters
LONGEST = 24 * 60  # minutes


class HelpKind(StrEnum):
    """With what."""

    MEAL = "meal"
    MEDICINE = "medicine"
    VISIT = "visit"
    MUTUAL_AID = "mutual_aid"
    PATROL = "patrol"
    MEDIATION = "mediation"
    TRAFFIC = "traffic"


KINDS = tuple(HelpKind)  # by their places in a token: new ones are added at the end


class NameShown(StrEnum):
    """How much of his name its holder has it show."""

    FULL = "full"
    SURNAME = "surname"
    NONE = "none"


class CertificateVerdict(StrEnum):
    """What is said of one that somebody shows."""

    VALID = "valid"
    REVOKED = "revoked"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that a courier did and that was confirmed. `id` names it among all deeds: `visit:p1.20261124`."""

    id: str
    courier_id: str
    township: str
    village: str
    kind: HelpKind
    began_at: datetime
    ended_at: datetime
    is_done: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a certificate says: `name` as its holder wants it shown, `day` local; `id` is `c` and a UUID. `key`, eight
    hex digits, signed it."""

    id: str
    kind: HelpKind
    village: str
    day: date
    minutes: int
    name: str
    issued_at: datetime
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate as the register has it: what it says, whose it is, and since when it counts no more."""

    paper: Paper
    courier_id: str
    township: str
    token: str
    revoked_at: datetime | None = None
    revoked_by: str = ""
    reason: str = ""
    version: int = 1

    @property
    def verdict(self) -> CertificateVerdict:
        """Whether it stands."""
        return CertificateVerdict.REVOKED if self.revoked_at else CertificateVerdict.VALID


def paper(id: str, deed: Deed, name: str, shown: NameShown, *, key: str, now: datetime) -> Paper:
    """What it says of a deed. Raises Conflict (`deed_not_done`) before that is over."""
    if not deed.is_done:
        raise Conflict("deed_not_done")
    return Paper(
        id=id,
        kind=deed.kind,
        village=deed.village,
        day=today(deed.began_at),
        minutes=min(max(1, round((deed.ended_at - deed.began_at).total_seconds() / 60)), LONGEST),
        name=_shown(name.strip(), shown),
        issued_at=now.replace(microsecond=0),
        key=key,
    )


def _shown(name: str, shown: NameShown) -> str:
    told = {NameShown.FULL: name, NameShown.SURNAME: name[:1], NameShown.NONE: ""}[shown]
    return told.encode()[:NAME].decode(errors="ignore")


def revoked(one: Certificate, reason: str, *, by: str, now: datetime) -> Certificate:
    """It counts no more. Raises Invalid (`reason_needed`), AlreadyDone (`certificate_revoked`)."""
    if not reason.strip():
        raise Invalid("reason_needed")
    if one.revoked_at:
        raise AlreadyDone("certificate_revoked")
    return replace(one, revoked_at=now, revoked_by=by, reason=reason.strip(), version=one.version + 1)


def written(said: Paper, sign: Callable[[bytes], bytes]) -> str:
    """The paper as a word of letters, digits, `-` and `_`, short enough for a link and a QR code."""
    told = LAYOUT.pack(
        VERSION,
        KINDS.index(said.kind),
        int(said.village),
        said.day.toordinal(),
        said.minutes,
        int(said.issued_at.timestamp()),
        UUID(said.id.removeprefix(PREFIX)).bytes,
        bytes.fromhex(said.key),
    )
    body = told + said.name.encode()
    return urlsafe_b64encode(sign(body) + body).decode().rstrip("=")


def read(token: str, is_signed: Callable[[str, bytes, bytes], bool]) -> Paper | None:
    """The paper, where it is ours and spelled as it was written. `is_signed`: whether a key signed these bytes so."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        said = _parsed(raw[SIGNED:])
    except (ValueError, struct.error, OverflowError, IndexError):
        return None
    ours = said is not None and is_signed(said.key, raw[:SIGNED], raw[SIGNED:])
    return said if said and ours and written(said, lambda _: raw[:SIGNED]) == token else None


def _parsed(body: bytes) -> Paper | None:
    version, kind, village, day, minutes, issued, id, key = LAYOUT.unpack_from(body)
    if version != VERSION:
        return None
    return Paper(
        id=f"{PREFIX}{UUID(bytes=id)}",
        kind=KINDS[kind],
        village=f"{village:012}",
        day=date.fromordinal(day),
        minutes=minutes,
        name=body[LAYOUT.size :].decode(),
        issued_at=datetime.fromtimestamp(issued, UTC),
        key=key.hex(),
    )
