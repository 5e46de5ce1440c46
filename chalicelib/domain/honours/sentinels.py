"""The community sentinels (社区哨兵) of a year: a short list that the committee names, one at a time, with a reason.

Who is named has a case whose consent stands, and evidence that was looked at: his score is that evidence's for the
year. The list is frozen by hand, or some weeks after its local year (`sentinels_grace_days`), for December's points are
counted last; only a consent that is withdrawn still takes somebody off.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.errors import AlreadyDone, Conflict, Invalid, NotFound
from chalicelib.domain.honours.model import Case
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reference.numbers import Numbers

MOST, GRACE = "sentinels", "sentinels_grace_days"  # in `data/numbers.csv`
FIRST_YEAR = 2023  # the programme began in April of it (DOMAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentinel:
    """Who was named by whom, when and why; `score` is what evidence number `evidence` said of the year."""

    person_id: str
    score: int
    evidence: int
    named_by: str
    named_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentinels:
    """A township's sentinels of a local year; version 0 before the first step."""

    township: str
    year: int
    members: tuple[Sentinel, ...] = ()
    frozen_at: datetime | None = None
    version: int = 0

    @property
    def id(self) -> str:
        """Names the list among all."""
        return list_id(self.township, self.year)

    def member(self, person_id: str) -> Sentinel | None:
        """The person's place on it, if he has one."""
        return next((one for one in self.members if one.person_id == person_id), None)

    def is_frozen(self, now: datetime, grace: timedelta) -> bool:
        """Whether the committee can change it no more: frozen by hand, or its year has been over for longer than
        `grace`, in which the last month's points are still counted."""
        return self.frozen_at is not None or local_year(now - grace) > self.year


def list_id(township: str, year: int) -> str:
    """Names a list among all; no person is called so."""
    return f"sentinels:{township}:{year}"


def local_year(now: datetime) -> int:
    """The year in the township."""
    return int(local_day(now)[:4])


def require_year(year: int, now: datetime) -> None:
    """Raises Invalid (`sentinels_year`) for one that has not come, or was before there were any."""
    if not FIRST_YEAR <= year <= local_year(now):
        raise Invalid("sentinels_year", year=year)


def named(held: Sentinels, case: Case, reason: str, *, numbers: Numbers, by: str, now: datetime) -> Sentinels:
    """The list with one more.

    Raises Conflict (`sentinels_frozen`, `sentinels_full`, `evidence_needed`), AlreadyDone (`sentinel_named`), Invalid
    (`reason_needed`).
    """
    _require_open(held, reason, numbers, now)
    most = numbers.count(MOST)
    if held.member(case.person_id):
        raise AlreadyDone("sentinel_named", person=case.person_id)
    if not case.drawn:
        raise Conflict("evidence_needed")
    if len(held.members) >= most:
        raise Conflict("sentinels_full", most=most)
    one = Sentinel(
        person_id=case.person_id,
        score=case.scores.get(str(held.year), 0),
        evidence=case.evidence,
        named_by=by,
        named_at=now,
        reason=reason.strip(),
    )
    return replace(held, members=(*held.members, one), version=held.version + 1)


def removed(held: Sentinels, person_id: str, reason: str, *, numbers: Numbers, now: datetime) -> Sentinels:
    """The list without somebody, by decision.

    Raises Conflict (`sentinels_frozen`), NotFound (`no_such_sentinel`), Invalid (`reason_needed`).
    """
    _require_open(held, reason, numbers, now)
    if held.member(person_id) is None:
        raise NotFound("no_such_sentinel", person=person_id)
    return without(held, person_id)


def without(held: Sentinels, person_id: str) -> Sentinels:
    """The list without somebody whose consent is gone, frozen or not."""
    left = tuple(one for one in held.members if one.person_id != person_id)
    return replace(held, members=left, version=held.version + 1)


def frozen(held: Sentinels, reason: str, *, numbers: Numbers, now: datetime) -> Sentinels:
    """The list as it stays. Raises Conflict (`sentinels_frozen`), Invalid (`reason_needed`)."""
    _require_open(held, reason, numbers, now)
    return replace(held, frozen_at=now, version=held.version + 1)


def grace(numbers: Numbers) -> timedelta:
    """How long after its year a list can still be changed."""
    return numbers.days(GRACE)


def _require_open(held: Sentinels, reason: str, numbers: Numbers, now: datetime) -> None:
    if not reason.strip():
        raise Invalid("reason_needed")
    if held.is_frozen(now, grace(numbers)):
        raise Conflict("sentinels_frozen", year=held.year)
