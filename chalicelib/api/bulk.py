"""Acting on many reports at once over HTTP."""

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import astuple

from chalicelib.api import shapes
from chalicelib.api.actions import AnyAction, command
from chalicelib.api.actions.words import ReportId, SuggestionRead
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.problems import Problem, problem
from chalicelib.api.shapes import InCrs, Standing
from chalicelib.domain.places import Crs
from chalicelib.domain.reports.bulk import MOST

if TYPE_CHECKING:
    from chalicelib.domain.reports.bulk import Item
    from chalicelib.domain.reports.commands import Command
    from chalicelib.services.reports.bulk import Result

api = Api(__name__)

ENOUGH = 18.0  # seconds: one more item may take another 9 where the store is slow, and API Gateway waits for 29


class ReportRead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report, and the version of it and the suggestion for it that were read; without them, whatever there is."""

    id: ReportId
    version: int | None = None
    suggested: SuggestionRead | None = None


class ReportAct(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An action of its own for one report."""

    report: ReportId
    version: int | None = None
    action: AnyAction


class ManyActs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Either `reports` and one `action` for all of them, or `items`, each with its own; at most 50, each report once.

    In bulk: verify (but not solved_on_spot, already_gone), claim, assign, hand_over, dispatch, accept, merge, comment
    and urge.
    """

    reports: Annotated[tuple[ReportRead, ...], Meta(min_length=1, max_length=MOST)] | None = None
    action: AnyAction | None = None
    items: Annotated[tuple[ReportAct, ...], Meta(min_length=1, max_length=MOST)] | None = None

    def __post_init__(self) -> None:
        shared = self.reports is not None and self.action is not None
        if shared is (self.items is not None) or (self.reports is None) is not (self.action is None):
            raise ValueError("either reports and an action, or items")


class ActResult(Struct, frozen=True, kw_only=True):
    """What became of one item: `done`, with the report as it stands now, or `refused`, with the problem that a single
    action would have answered."""

    report: str
    result: Literal["done", "refused"]
    standing: Standing | None
    problem: Problem | None


class ActResults(Struct, frozen=True, kw_only=True):
    """A result per item, in their order, and how many of them were done and refused."""

    results: list[ActResult]
    done: int
    refused: int


@api.route("/reports/actions", methods=["POST"], authorizer=authorize)
def act_on_reports(ask: Ask, body: ManyActs, query: InCrs) -> ActResults:
    """Do something to up to 50 reports: each by itself, so that one that is refused stops no other. Sent again with the
    same Idempotency-Key, what was left is done and the rest answered again."""
    from chalicelib.services.reports import bulk

    begun = monotonic()
    found = bulk.act(_items(body), key=ask.key, by=ask.actor, now=ask.now, spent=lambda: monotonic() - begun > ENOUGH)
    results = [_result(one, query.crs) for one in found]
    done = sum(one.problem is None for one in results)
    return ActResults(results=results, done=done, refused=len(results) - done)


def _items(body: ManyActs) -> "list[Item]":
    from chalicelib.domain.reports.bulk import Item

    if body.items is not None:
        return [Item(report=one.report, version=one.version, command=command(one.action)) for one in body.items]
    shared = command(body.action)
    return [Item(report=one.id, version=one.version, command=_for(one, shared)) for one in body.reports or ()]


def _for(one: ReportRead, shared: "Command") -> "Command":
    return replace(shared, suggested=astuple(one.suggested)) if one.suggested else shared


def _result(found: "Result", crs: Crs) -> ActResult:
    if found.seen is None:
        refusal = problem(found.refusal) if found.refusal else None
        return ActResult(report=found.report, result="refused", standing=None, problem=refusal)
    seen = found.seen
    standing = shapes.standing(seen, crs)
    return ActResult(report=found.report, result="done", standing=standing, problem=None)
