"""Who a person is to a report, and what each party may do with it (DOMAIN §1, §2)."""

from enum import StrEnum

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people import Actor, Role
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.taxonomy import DANGER_CLASS


class Party(StrEnum):
    """What a person is to one report."""

    REPORTER = "reporter"
    FILER = "filer"  # staff who filed it for someone
    GRID = "grid_member"  # of the report's grid
    NEIGHBOUR = "neighbour"  # grid member of another grid of the same village
    VILLAGE = "village"
    CENTRE = "centre"
    COMMITTEE = "committee"
    LEAD = "department"
    CO_HANDLER = "co_handler"
    AUDITOR = "auditor"


P, A, S = Party, Action, Status
OWN = frozenset({P.REPORTER, P.FILER})  # whose report it is
RANK = {party: number for number, party in enumerate(Party)}
HANDLERS = frozenset({P.GRID, P.VILLAGE, P.CENTRE, P.COMMITTEE, P.LEAD})
CENTRE = frozenset({P.CENTRE})

MAY: dict[Action, frozenset[Party]] = {
    A.VERIFY: frozenset({P.GRID, P.CENTRE}),  # class E: the village too
    A.REJECT: frozenset({P.GRID, P.CENTRE}),
    A.OBJECT: OWN,
    A.ASK_INFO: frozenset({P.GRID, P.VILLAGE, P.CENTRE, P.LEAD}),
    A.SUPPLY_INFO: OWN,
    A.ADD_INFO: OWN | HANDLERS,
    A.COMMENT: HANDLERS | {P.CO_HANDLER},
    A.MERGE: frozenset({P.GRID, P.CENTRE}),
    A.UNMERGE: CENTRE,
    A.WITHDRAW: OWN,
    A.CLAIM: HANDLERS,
    A.ASSIGN: HANDLERS,
    A.HAND_OVER: HANDLERS,
    A.RELOCATE: frozenset({P.GRID, P.VILLAGE, P.CENTRE}),
    A.RECLASSIFY: frozenset({P.GRID, P.CENTRE}),
    A.RESOLVE: frozenset({P.VILLAGE, P.LEAD}),  # whoever of them holds it
    A.ESCALATE: frozenset({P.VILLAGE}),
    A.DISPATCH: CENTRE,
    A.RETURN_TO_VILLAGE: CENTRE,
    A.ANSWER: CENTRE,
    A.COORDINATE: CENTRE,
    A.REASSIGN: CENTRE,
    A.TRANSFER: CENTRE,
    A.TAKE_BACK: CENTRE,
    A.CANCEL: CENTRE,
    A.DECIDE: frozenset({P.COMMITTEE}),
    A.ACCEPT: frozenset({P.LEAD}),
    A.RETURN: frozenset({P.LEAD}),
    A.REQUEST_REASSIGN: frozenset({P.LEAD}),
    A.REQUEST_EXTENSION: frozenset({P.LEAD}),
    A.GRANT: CENTRE,
    A.REFUSE: CENTRE,
    A.MAKE_SAFE: frozenset({P.LEAD}),
    A.SUSPEND: frozenset({P.CENTRE, P.LEAD}),  # the department asks, the centre grants
    A.RESUME: frozenset({P.CENTRE, P.LEAD}),
    A.URGE: frozenset({P.CENTRE, P.COMMITTEE}),
    A.SUPERVISE: frozenset({P.COMMITTEE}),
    A.CONFIRM: OWN | {P.GRID, P.NEIGHBOUR, P.CENTRE},
    A.REOPEN: OWN | {P.GRID, P.NEIGHBOUR, P.CENTRE},
}

# Who holds it resolves it.
RESOLVER = {S.WITH_VILLAGE: frozenset({P.VILLAGE}), S.IN_HANDLING: frozenset({P.LEAD})}

# Nobody does these to his own report, whatever roles he holds.
JUDGING = frozenset({A.VERIFY, A.REJECT, A.MERGE, A.UNMERGE})


def parties(actor: Actor, report: Report) -> frozenset[Party]:
    """What `actor` is to `report`; empty for a stranger."""
    place = report.place
    is_it = {
        P.REPORTER: actor.id == report.reporter_id and report.filed_by is None,
        P.FILER: actor.id == report.filed_by,
        P.GRID: place.grid is not None and actor.holds(Role.GRID_MEMBER, place.grid),
        P.NEIGHBOUR: _is_neighbour(actor, report),
        P.VILLAGE: place.village is not None and actor.holds(Role.VILLAGE, place.village),
        P.CENTRE: actor.holds(Role.CENTRE, place.township),
        P.COMMITTEE: actor.holds(Role.COMMITTEE, place.township),
        P.LEAD: report.department is not None and actor.holds(Role.DEPARTMENT, report.department),
        P.CO_HANDLER: any(actor.holds(Role.DEPARTMENT, code) for code in report.co_handlers),
        P.AUDITOR: actor.holds(Role.AUDITOR, place.township),
    }
    return frozenset(party for party, true in is_it.items() if true)


def _is_neighbour(actor: Actor, report: Report) -> bool:
    grids = [post.scope for post in actor.posts if post.role is Role.GRID_MEMBER]
    village = report.place.village
    return village is not None and any(g.startswith(village) and g != report.place.grid for g in grids)


def may(actor: Actor, action: Action, report: Report) -> frozenset[Party]:
    """The parties as which `actor` may do this to the report in its present status; empty where he may not."""
    return _allowed(action, report) & parties(actor, report)


def _allowed(action: Action, report: Report) -> frozenset[Party]:
    """`MAY`, and where the report itself narrows or widens it."""
    nature, allowed = report.nature, MAY[action]
    if action in (A.VERIFY, A.REJECT) and nature.verify_by_centre:
        return CENTRE
    if action is A.REJECT and report.status is S.WITH_CENTRE:
        return CENTRE
    if action is A.VERIFY and nature.klass == DANGER_CLASS:
        return allowed | {P.VILLAGE}
    if action is A.RESOLVE and report.status in RESOLVER:
        return RESOLVER[report.status]
    if action in (A.CONFIRM, A.REOPEN) and nature.verify_by_centre:
        return OWN | CENTRE
    if action in (A.CONFIRM, A.REOPEN) and not resolved_by_grid(report):
        return allowed - {P.NEIGHBOUR}
    return allowed


def authorise(actor: Actor, action: Action, report: Report) -> Party:
    """The party as which `actor` acts.

    Raises Forbidden: `nobody_judges_his_own`, `recheck_by_another`, `not_your_part`.
    """
    held = may(actor, action, report)
    rechecks = action in (A.CONFIRM, A.REOPEN) and not held & OWN
    if (rechecks or action in JUDGING) and actor.id in (report.reporter_id, report.filed_by):
        raise Forbidden("nobody_judges_his_own", action=action)
    if held and rechecks and actor.id == report.resolved_by:
        raise Forbidden("recheck_by_another")
    if not held:
        raise Forbidden("not_your_part", action=action, status=report.status)
    return min(held, key=RANK.__getitem__)


def resolved_by_grid(report: Report) -> bool:
    """Whether a grid member solved it on the spot: then a neighbour re-checks."""
    return report.origin is not None and report.origin.role is Role.GRID_MEMBER
