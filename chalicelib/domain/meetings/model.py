"""A meeting with what it deals with, and what came of it (DOMAIN §2 Committee, §5 Two bodies)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

DISTRICT_DIGITS = 6


class Body(StrEnum):
    """Who meets."""

    TOWN = "town"  # 镇党委协调会: hard cases of the township
    JOINT = "joint"  # 联席会议: the district's departments, on couriers' own matters


class MeetingState(StrEnum):
    """How far a meeting is."""

    DRAFT = "draft"
    PUBLISHING = "publishing"  # the minutes stand; what they decide is being carried out
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Verdict(StrEnum):
    """What a meeting says of a matter. All but the last two are the committee's rulings on a case."""

    DISPATCH = "dispatch"
    TO_VILLAGE = "to_village"
    SUSPEND = "suspend"
    CLOSE_UNSOLVED = "close_unsolved"
    FOLLOW_UP = "follow_up"  # of the joint meeting: somebody does something by a day
    POSTPONE = "postpone"  # back to the agenda


class Result(StrEnum):
    """What became of a decision once the minutes were published."""

    APPLIED = "applied"
    OVERTAKEN = "overtaken"  # the case had moved on before
    REFUSED = "refused"  # a rule of the case itself refuses it by now: it is on the agenda again
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict on one matter: `text` is the instruction, reason or public answer, as the verdict calls it.

    Of a case: `department` and `co_handlers` are codes, `day` (local) is the last one on which it may be done, else the
    class's limit holds; `resources` says with what; `entered_at` (UTC) is when the case entered the stage in which
    it was decided. Of a couriers' matter: `who` does it, by `day`, looked at again on `review`.
    """

    verdict: Verdict
    text: str
    department: str | None = None
    co_handlers: tuple[str, ...] = ()
    day: date | None = None
    resources: str = ""
    plan: str = ""
    letter: str = ""
    who: tuple[str, ...] = ()
    review: date | None = None
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of it, at `at` (UTC). `rule` is why not, with `facts`; `follow_up` the id of what is followed up."""

    result: Result
    at: datetime
    rule: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    follow_up: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A matter on a meeting: a case (`id` is its report's), or a topic of the joint meeting and its sentence."""

    id: str
    report_id: str | None
    title: str = ""
    text: str = ""
    decision: Decision | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When, where and with whom a body meets; `invited` are codes of departments."""

    title: str
    day: date
    place: str
    invited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """`version` counts changes of the minutes, `involved` are the departments that published decisions name."""

    id: str
    body: Body
    township: str
    plan: Plan
    made_by: str
    made_at: datetime
    state: MeetingState = MeetingState.DRAFT
    announced_at: datetime | None = None
    published_by: str = ""
    published_at: datetime | None = None
    involved: tuple[str, ...] = field(default=())
    reason: str = ""
    version: int = 1

    @property
    def scope(self) -> str:
        """Whose meeting it is: the township's, or the district's."""
        return scope_of(self.body, self.township)


def scope_of(body: Body, township: str) -> str:
    """The code of the area whose body meets."""
    return township if body is Body.TOWN else township[:DISTRICT_DIGITS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """A meeting with its items."""

    meeting: Meeting
    items: tuple[Item, ...]

    def item(self, id: str) -> Item | None:
        """The item with this id, if the meeting has it."""
        return next((item for item in self.items if item.id == id), None)

    @property
    def pending(self) -> tuple[Item, ...]:
        """What is yet to be carried out."""
        return tuple(item for item in self.items if item.outcome is None)
