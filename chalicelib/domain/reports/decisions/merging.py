"""Several reports of one matter become one, and several again (DOMAIN §2 Duplicates)."""

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.taxonomy import CHILDREN_AT_RISK, DANGER_CLASS
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import said
from chalicelib.domain.reports.decisions.sorting import police_first
from chalicelib.domain.reports.decisions.verifying import taken_up
from chalicelib.domain.reports.model import ENDED, Report, Status
from chalicelib.domain.reports.parties import Party

S = Status
MERGED_BY_GRID = frozenset({S.SUBMITTED, S.NEEDS_INFO, S.WITH_VILLAGE})  # later it is on somebody's desk


def mergeable(on: Situation) -> None:
    """What is on somebody's desk the centre alone merges, and whoever leads it cannot rid himself of it."""
    report = on.report
    if on.party is not Party.CENTRE and report.status not in MERGED_BY_GRID:
        raise Forbidden("centre_merges")
    if report.department and Post(Role.DEPARTMENT, report.department) in on.by.posts:
        raise Forbidden("own_order")


def merge(on: Situation) -> Step:
    """The same matter as another, open report."""
    main = on.around.main
    if main is None:
        raise Invalid("main_needed")
    if main.id == on.report.id:
        raise Invalid("merge_with_itself")
    if main.status in ENDED:
        raise Conflict("main_has_ended", main=main.id)
    _as_grave(on, main)
    _of_one_kind(on, main)
    changes = {"main": main.id, "paused": clockwork.paused(on.report, on.now)}
    details: dict[str, object] = {"main": main.id, "first": on.report.created_at <= main.created_at}
    return Step(status=S.DUPLICATE, changes=changes, note=on.command.text, details=details)


def _as_grave(on: Situation, main: Report) -> None:
    """Nobody merges into his own report; danger to life and a child at risk go on as what they are."""
    ours, theirs = on.report.nature, main.nature
    if on.by.id in (main.reporter_id, main.filed_by):
        raise Forbidden("nobody_judges_his_own", action=on.command.action)
    if theirs.confidential and not ours.confidential:  # its reporter would hear of what he may not see
        raise Conflict("main_confidential", main=main.id)
    if ours.klass == DANGER_CLASS != theirs.klass:
        raise Conflict("main_less_urgent", main=main.id)
    if theirs.kind not in CHILDREN_AT_RISK:
        police_first(on)


def _of_one_kind(on: Situation, main: Report) -> None:
    """What is of another kind the centre alone takes for the same matter."""
    kinds = {on.report.nature.kind, main.nature.kind}
    if on.party is not Party.CENTRE and None not in kinds and len(kinds) > 1:
        raise Conflict("another_kind", main=main.id)


def unmerge(on: Situation) -> Step:
    """It was another matter after all: its stage goes on where it was interrupted."""
    step = taken_up(on, said.reason(on))
    step.changes["main"] = None
    return step
