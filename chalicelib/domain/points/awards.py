"""When a report earns points, and when it loses them again (DOMAIN §3).

Decided from a report's history up to one of its lines, which is the same whenever that line is told: what a line
earns or takes back depends on the lines before it and on nothing else, so that the order of delivery does not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.events import Event
from chalicelib.domain.reference.taxonomy import SECURITY_LEADS
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.parties import Party

S = Status
# The verifier's severity (DOMAIN §3).
AWARDS = {1: "P11", 2: "P12", 3: "P13", 4: "P14"}
SOLVED = "P15"
CORROBORATED = "P16"  # another person's, soon after the first, with a photo of his own
LOOKED = "P18"  # a courier looked again, blindly, and could tell
# Security leads earn P12 whatever their severity, and only once the police has answered: that answer is an action
# yet to come, and neither verification nor closing pays anything for them.
# Whoever sends a report on takes it for true, with the severity it has at that moment.
JUDGING = frozenset({S.SUBMITTED, S.NEEDS_INFO, S.WITH_CENTRE})
TAKEN_UP = frozenset(
    {S.WITH_VILLAGE, S.DISPATCHED, S.IN_HANDLING, S.COORDINATING, S.SUSPENDED, S.RESOLVED, S.CLOSED, S.TRANSFERRED}
)
UNTRUE = frozenset({S.INVALID, S.WITHDRAWN})
# Found to be faked, a report earns nothing from then on, until an appeal is upheld.
FRAUD = frozenset({Action.FORFEIT, Action.RESTORE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """`event` earns what `rule` says: its reporter, or rather `earner` where that is somebody else. `restored_by`: the
    line that gave it again after it was forfeited."""

    event: Event
    rule: str
    earner: str | None = None
    restored_by: Event | None = None

    @property
    def courier_id(self) -> str:
        """Who earns it."""
        return self.earner or self.event.reporter_id

    @property
    def id(self) -> str:
        """The id of the entry it becomes."""
        return f"{(self.restored_by or self.event).id}#{self.rule}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """What the line `forfeit` took is given again, each of `olds` as another grant. `judged`, `untrue`: whether the
    report was judged anew, or found untrue, while it was forfeited."""

    forfeit: Event
    olds: tuple[Grant, ...]
    judged: bool = False
    untrue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one line of history does: something is earned, or what stood is lost.

    `judged`: the report is judged anew, so that what people decided about its earlier verdicts goes; `untrue`: it is
    found to be false or faked, and awards that name it go as well.
    """

    grants: tuple[Grant, ...] = ()
    losses: tuple[Grant, ...] = ()
    judged: bool = False
    untrue: bool = False
    restoration: Restoration | None = None

    @property
    def takes(self) -> bool:
        """Whether anything that stands may go by it, or come again."""
        return bool(self.losses) or self.judged or self.untrue


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a report is held to be, and what it has earned by that; `spoken`: there was another verdict before."""

    true: bool = False
    grants: tuple[Grant, ...] = ()
    spoken: bool = False


def concerns(event: Event) -> bool:
    """Whether the event may earn or lose points: a cheap over-estimate, without looking at what came before."""
    if _looks_again(event):
        return True
    if not event.earns or event.was is None:
        return False
    if event.action in FRAUD:
        return True
    if event.standing.status in UNTRUE:
        return event.was.status not in UNTRUE
    corroborates = event.action is Action.FOLLOW and event.details.get("corroborates") is True
    return corroborates or _takes_up(event) or _solves(event) or _merges(event) or _parts(event)


def effect(lines: Sequence[Event]) -> Effect:
    """What the last of `lines` does; these are all of a report's, in order, up to it.

    While it is forfeited the verdict goes on as if it were not, and is not paid: so a restored report has again what it
    would have by then.
    """
    verdict, last = Verdict(), Effect()
    forfeit: Restoration | None = None  # of what is forfeited, as it would be by now
    for line in lines:
        if line.action in FRAUD:
            verdict, last, forfeit = _forfeited(verdict, line, forfeit)
            continue
        verdict, last = _after(verdict, line)
        if forfeit:
            judged, untrue = forfeit.judged or last.judged, forfeit.untrue or last.untrue
            forfeit = replace(forfeit, judged=judged, untrue=untrue)
            last = replace(last, grants=tuple(grant for grant in last.grants if grant.earner), losses=())
    return last


def _forfeited(
    verdict: Verdict, line: Event, forfeit: Restoration | None
) -> tuple[Verdict, Effect, Restoration | None]:
    """All that it gave goes, once; restored, it comes again as it would be by then."""
    if line.action is Action.FORFEIT:
        if forfeit:
            return verdict, Effect(), forfeit
        return verdict, Effect(losses=verdict.grants, judged=True, untrue=True), Restoration(forfeit=line, olds=())
    if not forfeit:
        return verdict, Effect(), None
    grants = tuple(replace(grant, restored_by=line) for grant in verdict.grants)
    effect = Effect(grants=grants, judged=True, restoration=replace(forfeit, olds=verdict.grants))
    return replace(verdict, grants=grants, spoken=True), effect, None


def _after(verdict: Verdict, line: Event) -> tuple[Verdict, Effect]:
    if line.standing.status in UNTRUE:
        found = line.was is not None and line.was.status not in UNTRUE
        return Verdict(spoken=True), Effect(losses=verdict.grants, judged=found, untrue=found)
    if _looks_again(line):  # his own, whatever becomes of the report
        return verdict, Effect(grants=(Grant(event=line, rule=LOOKED, earner=line.actor_id),))
    true = verdict.true or _takes_up(line)
    if _merges(line) or _parts(line):
        return _valued_anew(replace(verdict, true=true), line)
    rule = _earned(verdict, line)
    grants = (Grant(event=line, rule=rule),) if rule else ()
    judged = verdict.spoken and true and not verdict.true
    after = Verdict(true=true, grants=verdict.grants + grants, spoken=verdict.spoken)
    return after, Effect(grants=grants, judged=judged)


def _valued_anew(verdict: Verdict, line: Event) -> tuple[Verdict, Effect]:
    """Merged into an earlier one, a report is not the first of its matter; parted again, it counts by itself: what was
    earned goes, and what it is worth now is earned instead. Who was the first keeps what he has."""
    if any(grant.rule in AWARDS.values() for grant in verdict.grants) and (_parts(line) or line.details.get("first")):
        return verdict, Effect()
    rule = AWARDS.get(line.standing.severity or 0) if verdict.true and _parts(line) and _pays(line) else None
    grants = (Grant(event=line, rule=rule),) if rule else ()
    effect = Effect(grants=grants, losses=verdict.grants, judged=bool(grants or verdict.grants))
    return Verdict(true=verdict.true, grants=grants, spoken=True), effect


def _merges(line: Event) -> bool:
    return line.was is not None and line.was.status is not S.DUPLICATE and line.standing.status is S.DUPLICATE


def _parts(line: Event) -> bool:
    return line.was is not None and line.was.status is S.DUPLICATE and line.standing.status is not S.DUPLICATE


def _pays(line: Event) -> bool:
    return line.earns and not (line.standing.kind or "").startswith(SECURITY_LEADS)


def _earned(verdict: Verdict, line: Event) -> str | None:
    """The rule that pays; verification pays once a verdict, the close once while what was paid stands."""
    if not _pays(line):
        return None
    if line.action is Action.FOLLOW:
        paid = CORROBORATED in {grant.rule for grant in verdict.grants}
        return CORROBORATED if line.details.get("corroborates") and not paid else None
    if not verdict.true and _takes_up(line):
        return AWARDS.get(line.standing.severity or 0)
    if verdict.true and _solves(line) and SOLVED not in {grant.rule for grant in verdict.grants}:
        return SOLVED
    return None


def _looks_again(line: Event) -> bool:
    """Either answer earns; that one cannot tell is none."""
    told = line.details.get("answer") in ("solved", "not_solved")
    return line.action is Action.BLIND_RECHECK and line.as_role == Party.BLIND and told


def _takes_up(line: Event) -> bool:
    if line.action is Action.VERIFY:
        return True
    return line.was is not None and line.was.status in JUDGING and line.standing.status in TAKEN_UP


def _solves(line: Event) -> bool:
    """Closed by a re-check that saw it solved; the reporter's own answer, and closing unchecked, are none."""
    rechecked = line.action is Action.CONFIRM and line.as_role not in (Party.REPORTER, Party.FILER)
    return rechecked and line.standing.status is S.CLOSED and line.details.get("solved") is True
