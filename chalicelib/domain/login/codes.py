"""Signing in by phone: a number asks for a code, the code opens a session (DOMAIN §1).

Nothing here knows whether a number is known: a stranger's is treated like anybody's until the code was right.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from ipaddress import IPv6Address, ip_address

from chalicelib.domain.errors import TooManyRequests
from chalicelib.domain.login.keyed import keyed
from chalicelib.domain.people.model import Person
from chalicelib.domain.reference.calendar import ZONE, local_day
from chalicelib.domain.reference.numbers import Numbers

CODES = 10**6
TOWNSHIP_DIGITS = 9
NETWORK_BITS = 64  # of an IPv6 address: one line may use all the addresses below it
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A code was asked for. It carries no code: that is worked out from `id` where the SMS is sent."""

    id: str
    phone: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """The latest code of a phone, as it is kept; `session_id` is what it was spent on."""

    id: str
    digest: str
    asked_at: datetime
    expires_at: datetime
    tries: int = 0
    session_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How often something may be done in a window of time that ends."""

    window: str
    cap: int
    ends_at: datetime


type Limit = tuple[Allowance, TooManyRequests]


def network(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 of an IPv6 one. What is no address counts as one too."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        return str(IPv6Address(int(parsed) >> NETWORK_BITS << NETWORK_BITS))
    return str(parsed)


def code_of(request: Request, pepper: bytes) -> str:
    """The six digits of a request: the same however often its message comes. Its id is random, and the key secret."""
    return f"{int(keyed(pepper, 'code', request.id, request.phone)[:16], 16) % CODES:06}"


def issued(request: Request, pepper: bytes, numbers: Numbers) -> Code:
    """What is kept of a request's code."""
    digest = code_digest(request.phone, code_of(request, pepper), pepper)
    expires_at = request.at + numbers.minutes("login_code_minutes")
    return Code(id=request.id, digest=digest, asked_at=request.at, expires_at=expires_at)


def withheld(request: Request, pepper: bytes, numbers: Numbers) -> Code:
    """What is kept where nothing is sent: a digest that no code has. Trying one is the same, and leads nowhere."""
    return replace(issued(request, pepper, numbers), digest=keyed(pepper, "no code", request.id))


def code_digest(phone: str, code: str, pepper: bytes) -> str:
    """What a code is kept as and compared by."""
    return keyed(pepper, "entry", phone, code)


def gap(numbers: Numbers, now: datetime) -> Limit:
    """One code, then a pause."""
    wait = numbers.of("login_gap_seconds")
    allowance = Allowance(window="codes#gap", cap=1, ends_at=now + timedelta(seconds=wait))
    return allowance, TooManyRequests("codes_too_soon", wait=int(wait))


def codes_of_phone(numbers: Numbers, now: datetime) -> tuple[Limit, Limit]:
    """How many codes one phone may ask for in an hour and on a local day."""
    hour = _hourly("codes", numbers.count("login_codes_hour"), now)
    cap, ends_at = numbers.count("login_codes_day"), _next_day(now)
    day = Allowance(window=f"codes#{local_day(now)}", cap=cap, ends_at=ends_at)
    return (
        (hour, TooManyRequests("codes_per_hour", cap=hour.cap, wait=_wait(hour, now))),
        (day, TooManyRequests("codes_per_day", cap=cap, wait=_wait(day, now))),
    )


def codes_of_address(numbers: Numbers, now: datetime) -> Limit:
    """How many codes one address may ask for in an hour: fifty people may stand behind it."""
    hour = _hourly("codes", numbers.count("login_address_codes"), now)
    return hour, TooManyRequests("codes_per_address", cap=hour.cap, wait=_wait(hour, now))


def tries_of_address(numbers: Numbers, now: datetime) -> Limit:
    """How many codes one address may try in an hour."""
    hour = _hourly("tries", numbers.count("login_address_tries"), now)
    return hour, TooManyRequests("tries_per_address", cap=hour.cap, wait=_wait(hour, now))


def wrong_of_phone(numbers: Numbers, now: datetime) -> Limit:
    """How many wrong codes one phone may be tried with on a local day, whichever of its codes they were meant for."""
    cap = numbers.count("login_wrong_day")
    day = Allowance(window=f"wrong#{local_day(now)}", cap=cap, ends_at=_next_day(now))
    return day, TooManyRequests("wrong_codes_per_day", cap=cap, wait=_wait(day, now))


def sms_of_township(numbers: Numbers, now: datetime) -> Allowance:
    """How many codes a township pays for in an hour."""
    return _hourly("sms", numbers.count("sms_budget_hour"), now)


def is_nearly_spent(used: int, numbers: Numbers) -> bool:
    """Whether so much of the township's hourly budget is used that somebody should know."""
    return used * 100 >= numbers.count("sms_budget_hour") * numbers.of("sms_budget_warning")


def township_of(person: Person) -> str:
    """The township whose budget pays for a person's codes; empty for who belongs to none by his posts or round."""
    codes = [*person.villages, *(post.scope for post in person.posts)]
    return next((code[:TOWNSHIP_DIGITS] for code in codes if code.isdecimal()), "")


def _hourly(name: str, cap: int, now: datetime) -> Allowance:
    ends_at = now.replace(minute=0, second=0, microsecond=0) + HOUR
    return Allowance(window=f"{name}#{now:%Y-%m-%dT%H}", cap=cap, ends_at=ends_at)


def _next_day(now: datetime) -> datetime:
    """The next local midnight."""
    return datetime.combine(now.astimezone(ZONE).date() + timedelta(days=1), time(), ZONE).astimezone(UTC)


def _wait(allowance: Allowance, now: datetime) -> int:
    """Seconds until the window ends, one at least."""
    return max(1, int((allowance.ends_at - now).total_seconds()))
