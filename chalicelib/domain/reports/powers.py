"""What each party may do with a report (DOMAIN §1, §2): a table, and what the report itself narrows or widens in it."""

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reference.taxonomy import DANGER_CLASS
from chalicelib.domain.reports.life import REMARKS
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.parties import OWN, Party, rechecked_next_door
from chalicelib.domain.reports.sight import require_sight, viewers

P, A, S = Party, Action, Status
RANK = {party: number for number, party in enumerate(Party)}
HANDLERS = frozenset({P.GRID, P.VILLAGE, P.CENTRE, P.COMMITTEE, P.LEAD})
CENTRE = frozenset({P.CENTRE})

HELD = frozenset({A.CLAIM, A.ASSIGN, A.HAND_OVER})  # who of the pool does it

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
    **dict.fromkeys(HELD, HANDLERS),
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
    A.CALL_IN: CENTRE,
    A.CANCEL: CENTRE,
    A.DECIDE: frozenset({P.COMMITTEE}),
    A.ACCEPT: frozenset({P.LEAD}),
    A.RETURN: frozenset({P.LEAD}),
    A.REQUEST_REASSIGN: frozenset({P.LEAD}),
    A.REQUEST_EXTENSION: frozenset({P.LEAD}),
    A.GRANT: CENTRE,
    A.REFUSE: CENTRE,
    A.WITHDRAW_REQUEST: frozenset({P.LEAD}),
    A.MAKE_SAFE: frozenset({P.LEAD}),
    A.SUSPEND: frozenset({P.CENTRE, P.LEAD}),  # the department asks, the centre grants
    A.RESUME: frozenset({P.CENTRE, P.LEAD}),
    A.URGE: frozenset({P.CENTRE, P.COMMITTEE}),
    A.SUPERVISE: frozenset({P.COMMITTEE}),
    A.ACCEPT_PART: frozenset({P.CO_HANDLER}),
    A.RETURN_PART: frozenset({P.CO_HANDLER}),
    A.FILE_PART: frozenset({P.CO_HANDLER}),
    A.CONFIRM: OWN | {P.GRID, P.NEIGHBOUR, P.CENTRE},
    A.REOPEN: OWN | {P.GRID, P.NEIGHBOUR, P.CENTRE},
}

ACTING = frozenset[Party]().union(*MAY.values())

# What nobody asks for through the table of actions the clock does, but for this.
UNASKED = {A.BLIND_RECHECK: frozenset({P.BLIND})}

# Who holds it resolves it.
RESOLVER = {S.WITH_VILLAGE: frozenset({P.VILLAGE}), S.IN_HANDLING: frozenset({P.LEAD})}

# Nobody does these to his own report, whatever roles he holds.
JUDGING = frozenset({A.VERIFY, A.REJECT, A.RECLASSIFY, A.MERGE, A.UNMERGE})

# What the centre records for a body without an account (代录): all that the lead, or a co-handler, does.
BY_LEAD = frozenset(action for action, who in MAY.items() if P.LEAD in who) - HELD - REMARKS
BY_HELPER = frozenset({A.ACCEPT_PART, A.RETURN_PART, A.FILE_PART})


def may(actor: Actor, action: Action, report: Report) -> frozenset[Party]:
    """The parties as which `actor` sees the report and may do this to it as it stands; empty where he may not."""
    return _allowed(action, report) & viewers(actor, report)


def by_whom(action: Action) -> frozenset[Party]:
    """Who does it, as a rule."""
    return MAY.get(action) or UNASKED.get(action, frozenset({P.TIMER}))


def require_part(actor: Actor, action: Action, report: Report) -> None:
    """Whoever sees a report and could never act on it, an auditor, is not told what others did, as if he could.

    Raises NotFound where he does not even see it, Forbidden (`not_your_part`).
    """
    if not require_sight(actor, report) & ACTING:
        raise Forbidden("not_your_part", action=action, status=report.status)


def _allowed(action: Action, report: Report) -> frozenset[Party]:
    """`MAY`, and where the report itself narrows or widens it."""
    nature, allowed = report.nature, MAY[action]
    if _recorded_by_centre(action, report):
        allowed |= CENTRE
    if action in (A.VERIFY, A.REJECT) and nature.verify_by_centre:
        return CENTRE
    unverified = action is A.VERIFY and report.verified_by is None
    if (action is A.REJECT or unverified) and report.status is S.WITH_CENTRE:
        return CENTRE
    if action is A.VERIFY and (nature.klass == DANGER_CLASS or Role.VILLAGE in report.widened):
        return allowed | {P.VILLAGE}
    if action is A.RESOLVE and report.status in RESOLVER:
        return RESOLVER[report.status] | (allowed & CENTRE)
    if action is A.CONFIRM and report.status is S.INVALID:
        return CENTRE
    if action in (A.CONFIRM, A.REOPEN) and nature.verify_by_centre:
        return OWN | CENTRE
    if action in (A.CONFIRM, A.REOPEN) and not rechecked_next_door(report):
        return allowed - {P.NEIGHBOUR}
    return allowed


def _recorded_by_centre(action: Action, report: Report) -> bool:
    if action in BY_HELPER:
        return any(part.proxied for part in report.parts)
    return report.proxied and action in BY_LEAD and report.status in (S.DISPATCHED, S.IN_HANDLING)


def authorise(actor: Actor, action: Action, report: Report) -> Party:
    """The party as which `actor` acts.

    Raises Forbidden: `nobody_judges_his_own`, `recheck_by_another`, `not_your_part`.
    """
    held = may(actor, action, report)
    judges = action in (A.CONFIRM, A.REOPEN) and not held & OWN
    rechecks = judges and report.status is not S.INVALID
    if (judges or action in JUDGING) and actor.id in (report.reporter_id, report.filed_by):
        raise Forbidden("nobody_judges_his_own", action=action)
    if held and rechecks and (actor.id == report.resolved_by or _of_resolving_department(actor, report)):
        raise Forbidden("recheck_by_another")
    if not held:
        raise Forbidden("not_your_part", action=action, status=report.status)
    return _strongest(held) if action in JUDGING else min(held, key=RANK.__getitem__)


def _of_resolving_department(actor: Actor, report: Report) -> bool:
    """No department closes its own order, whatever other post a colleague holds."""
    origin = report.origin
    return origin is not None and origin.role is Role.DEPARTMENT and actor.holds(origin.role, origin.scope)


def _strongest(held: frozenset[Party]) -> Party:
    """Who holds two posts judges as the one that may do more."""
    return P.CENTRE if P.CENTRE in held else min(held, key=RANK.__getitem__)
