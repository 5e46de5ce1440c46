"""Any action, filled in so that nothing but a rule can refuse it, and reports that are ready for it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.people.model import Actor, Person, Post, Role
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Around, Command, Pool
from chalicelib.domain.reports.model import Action, Paused, Report, Status
from chalicelib.domain.reports.running import Request
from chalicelib.domain.reports.stages import holder
from chalicelib.domain.reports.terms import (
    Basis,
    Proxy,
    RejectReason,
    ReturnReason,
    Ruling,
    Service,
    Watch,
    Wish,
)
from tests.builders import (
    CENTRE,
    COMMITTEE,
    EVERYONE,
    GRID,
    GRID_MEMBER,
    NEIGHBOUR,
    NEXT_GRID,
    NOW,
    RULES,
    VILLAGE,
    report,
)

S, A = Status, Action
FORM: dict[str, Any] = {
    "text": "说明",
    "basis": Basis.ON_SITE,
    "reason": RejectReason.NOT_FOUND,
    "return_reason": ReturnReason.NOT_OURS,
    "no_photo_reason": "无",
    "solved": True,
    "decision": Ruling.TO_VILLAGE,
    "service": Service.POLICE,
    "number": "20261123-7",
    "plan": "等材料",
    "hours": 2.0,
    "watch": Watch.RED,
    "letter": "灌委〔2026〕7号",
}
DEPARTMENTS = {A.DISPATCH: "D04", A.REASSIGN: "D01", A.DECIDE: "D01"}
HELPERS = {A.DISPATCH: ("D03",), A.REASSIGN: ("D03",), A.CALL_IN: ("D10",)}
CHANGED: dict[Action, dict[str, Any]] = {
    A.RECLASSIFY: {"severity": 3},
    A.MAKE_SAFE: {"after_photos": ("after-1",)},
    A.RESOLVE: {"overrule": "已由主办一并处理"},
}
KINDS = {
    (S.SUBMITTED, A.DISPATCH): "0301",  # danger to life
    (S.SUBMITTED, A.TRANSFER): "0301",
    (S.NEEDS_INFO, A.DISPATCH): "0301",
    (S.NEEDS_INFO, A.TRANSFER): "0301",
    (S.WITH_CENTRE, A.ANSWER): "1204",  # led by the centre
    (S.IN_HANDLING, A.MAKE_SAFE): "0101",  # urgent
}


# Who there is to look at what is said to be solved.
POOLS = (
    Pool(post=Post(Role.GRID_MEMBER, GRID), people=(GRID_MEMBER.id,)),
    Pool(post=Post(Role.GRID_MEMBER, NEXT_GRID), people=(NEIGHBOUR.id,)),
)


def colleague(held: Report) -> Person | None:
    """Somebody of the pool that holds the report."""
    post = held.holder
    if post is None:
        return None
    return Person(id=f"one-of-{post.key}", name="", phone="", posts=(post,), valid_from=NOW)


def around(action: Action, held: Report) -> Around:
    """What the action refers to beyond the report."""
    main = report(S.SUBMITTED, id="main") if action is A.MERGE else None
    grid = (NEXT_GRID, VILLAGE) if action is A.RELOCATE else (None, None)
    named = action in (A.ASSIGN, A.HAND_OVER)
    person = colleague(held) if named else None
    return Around(person=person, grid=grid[0], village=grid[1], main=main, recheckers=POOLS)


def filled(action: Action, held: Report, *, by: Actor, now: datetime = NOW) -> Command:
    """The action with everything it may need."""
    proxy = None
    if by.holds(Role.CENTRE) and (held.proxied or any(part.proxied for part in held.parts)):
        proxy = Proxy(person="值班员", phone="110", at=now, letter="回函照片")
    more: dict[str, Any] = {"department": DEPARTMENTS.get(action), "co_handlers": HELPERS.get(action, ())}
    return Command(action=action, **(FORM | more | CHANGED.get(action, {})), proxy=proxy)


def prepared(status: Status, action: Action) -> Report:
    """A report in this status for which the action has something to do."""
    held = report(status, kind=KINDS.get((status, action), "0303"))
    if status in (S.NEEDS_INFO, S.DUPLICATE, S.SUSPENDED):
        held = interrupted(held, S.WITH_CENTRE if action in (A.DISPATCH, A.TRANSFER) else S.IN_HANDLING)
    if action in (A.GRANT, A.REFUSE, A.WITHDRAW_REQUEST) and held.due_at:
        held = replace(held, request=Request(wish=Wish.SUSPEND, by="works", at=NOW, due_at=held.due_at, reason="等料"))
    if action in (A.ACCEPT_PART, A.RETURN_PART, A.FILE_PART):
        part = clockwork.new_part("D03", since=NOW, klass=held.nature.klass, rules=RULES)
        held = replace(held, co_handlers=("D03",), parts=(part,))
    if status is S.WITH_CENTRE and action in (A.VERIFY, A.WITHDRAW):
        held = replace(held, verified_by=None)
    if action is A.CONFIRM and status is S.INVALID:
        held = replace(held, rejected=RejectReason.FALSE)
    return held


def interrupted(held: Report, status: Status) -> Report:
    """… which was interrupted an hour after that stage had begun."""
    stage = replace(held, status=status, department="D04" if status is S.IN_HANDLING else None)
    run = clockwork.run(stage, since=NOW - timedelta(hours=1), rules=RULES)
    paused = Paused(status=status, run=run, entered_at=run.since, at=NOW, assignee=None)
    after = replace(held, department=stage.department, paused=paused)
    return replace(after, holder=holder(after))


ACTORS = (*EVERYONE, replace(CENTRE, id="centre2"), replace(COMMITTEE, id="committee2"))
