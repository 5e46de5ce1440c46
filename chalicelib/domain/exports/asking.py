"""Who may export what (DOMAIN §1, §6): a wish becomes a job, or is refused with its rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.exports.jobs import Job
from chalicelib.domain.exports.terms import Content, Ground
from chalicelib.domain.figures.figures import OUTSIDE
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports.model import Status

# Of several roles the first counts. A department's reports are on no list but that of its open ones: see docs/adr.
EXPORTERS = (Role.CENTRE, Role.ADMIN, Role.COMMITTEE, Role.AUDITOR, Role.VILLAGE)
LEDGER_EXPORTERS = (Role.CENTRE, Role.ADMIN, Role.COMMITTEE, Role.AUDITOR)
EARLIEST, LATEST = date(1900, 1, 1), date(9998, 12, 31)  # what has an instant before and after it in every zone
SEES_PEOPLE = (Role.CENTRE, Role.ADMIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for. `first` and `last` are local months (`2026-11`) or days; no villages mean all of his.

    `ground` asks for personal data in the clear. Entries of points have no village, kind or status.
    """

    first: str
    last: str
    villages: tuple[str, ...] = ()
    kind: str | None = None
    status: Status | None = None
    purpose: str
    ground: Ground | None = None
    content: Content = Content.REPORTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Township:
    """The areas in force, as far as an export asks: codes of the township and of its villages."""

    code: str
    villages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How many days an export may span, how long its writing may take, how many days its file is kept, and how long it
    is remembered."""

    longest: int
    writing: timedelta
    kept_days: int
    remembered: timedelta


def asked(id: str, wish: Wish, *, by: Actor, township: Township, terms: Terms, now: datetime) -> Job:
    """The job that fulfils the wish.

    Raises Forbidden (`exports_for_staff`, `personal_not_yours`, `not_your_area`) and Invalid (`export_purpose`,
    `export_span`, `export_of_ledger`).
    """
    posts = _posts(by, wish, township)
    if wish.content is Content.LEDGER and (wish.villages or wish.kind or wish.status):
        raise Invalid("export_of_ledger")
    if not wish.purpose.strip():
        raise Invalid("export_purpose")
    first, last = span(wish.first, wish.last, longest=terms.longest)
    return Job(
        id=id,
        township=township.code,
        requester_id=by.id,
        posts=posts,
        first=first,
        last=last,
        villages=_villages(wish, posts, township),
        kind=wish.kind,
        status=wish.status,
        purpose=wish.purpose.strip(),
        ground=wish.ground,
        created_at=now,
        give_up_at=now + terms.writing,
        forget_at=now + terms.remembered,
        kept_days=terms.kept_days,
        content=wish.content,
    )


def _posts(by: Actor, wish: Wish, township: Township) -> tuple[Post, ...]:
    """All posts of the highest role that can export, and see people where that is asked for."""
    able = [role for role in EXPORTERS if wish.content is Content.REPORTS or role in LEDGER_EXPORTERS]
    held = [role for role in able if by.holds(role)]
    if not held:
        raise Forbidden("exports_for_staff")
    role = next((role for role in held if role in SEES_PEOPLE or wish.ground is None), None)
    if role is None:
        raise Forbidden("personal_not_yours")
    posts = tuple(post for post in by.posts if post.role is role and post.scope.startswith(township.code))
    if not posts:
        raise Forbidden("not_your_area", area=township.code)
    return posts


def _villages(wish: Wish, posts: Iterable[Post], township: Township) -> tuple[str, ...]:
    """In the order of their codes, what lies outside all of them last."""
    own = [post.scope for post in posts if post.role is Role.VILLAGE]
    allowed = own or [*township.villages, OUTSIDE]
    for village in wish.villages:
        # A village that the last edition dropped still has its reports.
        if village not in allowed and (own or not village.startswith(township.code)):
            raise Forbidden("not_your_area", area=village)
    return tuple(sorted(set(wish.villages or allowed)))


def span(first: str, last: str, *, longest: int) -> tuple[str, str]:
    """The first and the last local day of what two months or days name. Raises Invalid (`export_span`)."""
    refusal = Invalid("export_span", first=first, last=last, days=longest)
    try:
        begin, end = date.fromisoformat(f"{first}-01"[:10]), _last_day(last)
    except (ValueError, OverflowError) as error:
        raise refusal from error
    if not timedelta() <= end - begin < timedelta(days=longest) or begin < EARLIEST or end > LATEST:
        raise refusal
    return begin.isoformat(), end.isoformat()


def _last_day(period: str) -> date:
    if len(period) > len("2026-11"):
        return date.fromisoformat(period)
    return (date.fromisoformat(f"{period}-28") + timedelta(days=4)).replace(day=1) - timedelta(days=1)
