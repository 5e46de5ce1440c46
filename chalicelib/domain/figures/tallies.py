"""What one report adds to every counter: worked out from its history, and from nothing else.

So whatever was told twice, late, in any order or never, and whatever the rules said when it was counted first: the
tally of a history is one, and a counter moves by what it differs from the tally added before (docs/adr/0030).
"""

from collections import Counter as Sums
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chalicelib.domain.events import Event
from chalicelib.domain.figures import contributions, figures
from chalicelib.domain.figures.bodies import Told, told
from chalicelib.domain.figures.columns import Column
from chalicelib.domain.figures.contributions import Contribution
from chalicelib.domain.figures.figures import ENTERED, EVER, LEFT
from chalicelib.domain.figures.happenings import Parts, happened
from chalicelib.domain.figures.promptness import Mark, Responses, Turns, made_safe
from chalicelib.domain.figures.revisits import Revisits
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.parties import OWN

A = Action
COLUMNS = frozenset(map(str, Column))
SILENT = frozenset(
    {A.CLAIM, A.ASSIGN, A.HAND_OVER, A.REQUEST_REASSIGN, A.REQUEST_EXTENSION, A.WITHDRAW_REQUEST, A.REFUSE, A.ALARM}
    | {A.CALL_IN, A.FOLLOW, A.SUCCEED, A.DISCUSS, A.PUBLISH_PHOTO, A.UNPUBLISH_PHOTO, A.OPEN_PAGE, A.CLOSE_PAGE}
    | {A.BLIND_RECHECK, A.FORFEIT, A.RESTORE}
)
REMARKS = frozenset({A.COMMENT, A.ADD_INFO})

type Share = dict[str, int]  # what a report adds to a counter, by column


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a report adds, up to its line `number`: to each counter by its key, and to its reporter's months."""

    number: int = 0
    shares: dict[str, Share] = field(default_factory=dict)
    months: dict[str, Share] = field(default_factory=dict)


def concerns(event: Event) -> bool:
    """Whether a counter may move by it: not where a person of a pool takes it, is reminded, or notes something."""
    if event.action is A.FALL_DUE and event.was == event.standing:
        percent = event.details.get("percent")
        return "watch" in event.details or (isinstance(percent, int) and percent >= 100)
    if event.action in REMARKS:
        unanswered = event.standing.status in (Status.SUBMITTED, Status.WITH_CENTRE)
        return unanswered and not event.internal and event.as_role not in OWN
    return event.action not in SILENT or "proxy" in event.details


def tally(lines: Sequence[Event]) -> Tally:
    """Of a report's whole history so far, in order."""
    sums: dict[str, Sums[str]] = {}
    months: dict[str, Sums[str]] = {}
    counted = [line for line in lines if concerns(line)]
    for mark in _marks(counted):
        sums.setdefault(figures.key(mark.day, mark.cell), Sums())[mark.column] += mark.amount
    for line in lines:
        if moved(line) and (found := contributions.contribution(line)):
            months.setdefault(found.month, Sums()).update(_counts(found))
    return Tally(
        number=counted[-1].number if counted else 0,  # what is silent comes and changes nothing
        shares={key: share for key, sum in sums.items() if (share := _share(sum))},
        months={month: share for month, sum in months.items() if (share := _nonzero(sum))},
    )


def moved(event: Event) -> bool:
    """Whether it moves its report to another place, kind or status; a courier's own counts know no others."""
    was, now = event.was, event.standing
    return was is None or (figures.place(was), was.kind, was.status) != (figures.place(now), now.kind, now.status)


def columns(share: Mapping[str, int]) -> frozenset[Column]:
    """In which columns the report is behind the number."""
    return frozenset(Column(name) for name in share if name in COLUMNS)


def difference(old: Mapping[str, int], new: Mapping[str, int]) -> Share:
    """By what to move a counter."""
    return {name: more for name in sorted({*old, *new}) if (more := new.get(name, 0) - old.get(name, 0))}


def _marks(lines: Sequence[Event]) -> Iterator[Mark]:
    rules = (Responses(), Turns(), Revisits(), Parts())
    for line in told(lines):
        yield from _moves(line)
        yield from happened(line)
        yield from made_safe(line)
        for rule in rules:
            yield from rule.hear(line)


def _moves(told: Told) -> Iterator[Mark]:
    """From one cell and status to another, on the day and in what stands now."""
    day, stays = local_day(told.line.at), (told.before, told.was) == (told.after, told.status)
    if told.was is not None and not stays:
        yield Mark(day, told.before, f"{LEFT}{told.was}")
        yield Mark(EVER, told.before, f"{ENTERED}{told.was}", -1)
    if not stays:
        yield Mark(day, told.after, f"{ENTERED}{told.status}")
        yield Mark(EVER, told.after, f"{ENTERED}{told.status}")


def _share(sum: Mapping[str, int]) -> Share:
    """A column says yes or no; flows count how often."""
    clamped = {name: min(max(count, 0), 1) if name in COLUMNS else count for name, count in sum.items()}
    return _nonzero(clamped)


def _nonzero(sum: Mapping[str, int]) -> Share:
    return {name: count for name, count in sum.items() if count}


def _counts(found: Contribution) -> Share:
    return {name: getattr(found, name) for name in contributions.COUNTS}
