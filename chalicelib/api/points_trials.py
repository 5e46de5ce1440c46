"""A draft of the points rules over HTTP, tried on what was given; `PUT /reference/points_rules` puts one in force."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant
from chalicelib.domain.points.terms import EntryState

if TYPE_CHECKING:
    from chalicelib.domain.points.caps import Wallet
    from chalicelib.domain.points.trials import Share

api = Api(__name__)

Draft = Annotated[str, Meta(min_length=1, max_length=60_000)]
TrialPlace = Annotated[str, Meta(max_length=2000)]


class NewPointsTrial(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole `table` as CSV, as `GET /reference/points_rules` hands it out; what was given in the last `days`, so
    many couriers (`limit`) at a time. With `changed_only` couriers for whom nothing changes are counted, not shown."""

    table: Draft
    days: Annotated[int, Meta(ge=1, le=3660)]
    changed_only: bool = False
    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    cursor: TrialPlace | None = None


class TriedEntry(Struct, frozen=True, kw_only=True):
    """An entry side by side: the points that were given by the `rule` of that `edition`, and those of the draft."""

    day: str
    rule: str
    edition: int
    state: EntryState
    given: int
    draft: int
    changes: bool


class TriedSum(Struct, frozen=True, kw_only=True):
    """What the caps leave: of the balance, of what waits for approval, of the honour score."""

    balance: int
    pending: int
    honour: int


class TriedCourier(Struct, frozen=True, kw_only=True):
    """A courier's entries, oldest first, and their sums by what was given and by the draft. `cut`: he has more entries
    than are looked at, and the oldest are left out."""

    courier: str
    name: str
    entries: list[TriedEntry]
    given: TriedSum
    draft: TriedSum
    changes: bool
    cut: bool


class PointsTrialTotals(Struct, frozen=True, kw_only=True):
    """Of this page and all before: how many, for how many something changes, of how many couriers the oldest entries
    were left out, and the points after the caps."""

    couriers: int
    couriers_changed: int
    couriers_cut: int
    entries: int
    entries_changed: int
    given: int
    draft: int


class TriedApprovers(Struct, frozen=True, kw_only=True):
    """A rule for which the draft asks another number of people to agree."""

    rule: str
    given: int
    draft: int


class TriedRules(Struct, frozen=True, kw_only=True):
    """A page of the trial; `edition` is that of the rules in force, and `approvers` where the draft differs from it."""

    edition: int
    since: Instant
    until: Instant
    couriers: list[TriedCourier]
    totals: PointsTrialTotals
    approvers: list[TriedApprovers]
    cursor: str | None


@api.route("/points/rules/trial", methods=["POST"], authorizer=authorize)
def try_points_rules(ask: Ask, body: NewPointsTrial) -> TriedRules:
    """Who would have got what by a draft of the points rules; nothing changes. A page at a time, for the admin."""
    from chalicelib.services.points import trials

    wish = trials.Wish(table=body.table.encode(), days=body.days, limit=body.limit, cursor=body.cursor)
    found = trials.tried(wish, by=ask.actor, now=ask.now)
    totals = found.totals
    return TriedRules(
        edition=found.edition,
        since=found.since,
        until=found.until,
        couriers=[_share(one, found.names) for one in found.shares if one.changes or not body.changed_only],
        totals=PointsTrialTotals(**{name: getattr(totals, name) for name in PointsTrialTotals.__struct_fields__}),
        approvers=[
            TriedApprovers(rule=rule, given=given, draft=then) for rule, (given, then) in found.approvers.items()
        ],
        cursor=found.cursor,
    )


def _share(one: "Share", names: dict[str, str]) -> TriedCourier:
    return TriedCourier(
        courier=one.courier_id,
        name=names.get(one.courier_id, ""),
        entries=[
            TriedEntry(
                day=each.given.day,
                rule=each.given.rule,
                edition=each.given.edition,
                state=each.given.state,
                given=each.given.earned,
                draft=each.draft.earned if each.draft else 0,
                changes=each.changes,
            )
            for each in one.tried
        ],
        given=_sum(one.given),
        draft=_sum(one.draft),
        changes=one.changes,
        cut=one.cut,
    )


def _sum(wallet: "Wallet") -> TriedSum:
    return TriedSum(balance=wallet.balance, pending=wallet.pending, honour=wallet.honour)
