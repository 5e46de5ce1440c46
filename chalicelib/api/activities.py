"""Activities over HTTP: who comes along, a guardian's consent, and what becomes of it afterwards."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api import activity_shapes
from chalicelib.api.activity_shapes import FamilyBody, FamilyCount, PersonId
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.redemptions import RedemptionView, view
from chalicelib.api.shapes import Instant
from chalicelib.domain.prizes.activities import CourseResult

if TYPE_CHECKING:
    from chalicelib.domain.prizes.families import GuardianConsent

api = Api(__name__)


class GuardianWording(Struct, frozen=True, kw_only=True):
    """What a guardian agrees to; whoever agrees names its `version`."""

    version: int
    text: str
    text_en: str


class OwnGuardianConsent(Struct, frozen=True, kw_only=True):
    """That you agreed, as their guardian, that so many children were counted: for which booking, to which version of
    the wording, when; and when you took it back."""

    redemption_id: str
    version: int
    children: int
    at: Instant
    withdrawn_at: Instant | None


class Arrival(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who came: `handed_at` where the counter was offline then, null for now; `family`: who came along, null for all
    that were booked for."""

    handed_at: Instant | None = None
    family: FamilyCount | None = None


class CourseBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of the course; who failed may pass later."""

    result: Annotated[CourseResult, Meta(description="passed or failed")]

    def __post_init__(self) -> None:
        if self.result is CourseResult.NONE:
            raise ValueError("passed or failed")


class OrganiserBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The courier who helped to run it."""

    courier: PersonId


class ConfirmedOrganiser(Struct, frozen=True, kw_only=True):
    """It is confirmed."""

    prize_id: str
    courier: str


@api.route("/activities/guardian-wording", methods=["GET"], authorizer=authorize)
def get_guardian_wording(ask: Ask) -> GuardianWording:
    """What a guardian agrees to whose children come along to an activity."""
    from chalicelib.services.prizes import families

    found = families.wording(now=ask.now)
    return GuardianWording(version=found.version, text=found.zh, text_en=found.en)


@api.route("/redemptions/{redemption_id}/family", methods=["PUT"], authorizer=authorize)
def change_family(ask: Ask, redemption_id: str, body: FamilyBody) -> RedemptionView:
    """Say how many family members come along: more while places are offered, fewer until it begins. Their places are
    taken or return at once. Send the version you read as If-Match."""
    from chalicelib.services.prizes import families

    guests = activity_shapes.guests(body)
    changed = families.change(redemption_id, guests, version=ask.version, by=ask.actor, now=ask.now)
    return view(changed, own=True)


@api.route("/redemptions/{redemption_id}/guardian-consent", methods=["DELETE"], authorizer=authorize)
def withdraw_guardian_consent(ask: Ask, redemption_id: str) -> RedemptionView:
    """Take your consent as a guardian back: the children are counted no more and their places return at once. At any
    time; twice is once."""
    from chalicelib.services.prizes import families

    return view(families.withdraw(redemption_id, by=ask.actor, now=ask.now), own=True)


@api.route("/redemptions/{redemption_id}/confirmation", methods=["POST"], authorizer=authorize)
def confirm_listed(ask: Ask, redemption_id: str, body: Arrival) -> RedemptionView:
    """Check somebody in, or hand over to him, by the counter's own list: for who comes without his code. Twice is
    once."""
    from chalicelib.services.prizes import counter

    came = activity_shapes.family(body.family) if body.family else None
    done = counter.confirm_listed(redemption_id, handed_at=body.handed_at, by=ask.actor, now=ask.now, came=came)
    return view(done)


@api.route("/redemptions/{redemption_id}/course", methods=["PUT"], authorizer=authorize)
def judge_course(ask: Ask, redemption_id: str, body: CourseBody) -> RedemptionView:
    """Record whether somebody who attended a training passed it, for the centre. Twice is once."""
    from chalicelib.services.prizes import attendance

    return view(attendance.judge(redemption_id, body.result, by=ask.actor, now=ask.now), whose=True)


@api.route("/prizes/{prize_id}/organisers", methods=["POST"], authorizer=authorize)
def confirm_organiser(ask: Ask, prize_id: str, body: OrganiserBody) -> ConfirmedOrganiser:
    """Confirm that a courier helped to run an activity, once it is over, for the centre and never for oneself: he
    earns points by it. Twice is once."""
    from chalicelib.services.prizes import attendance

    attendance.confirm_organiser(prize_id, body.courier, by=ask.actor, now=ask.now)
    return ConfirmedOrganiser(prize_id=prize_id, courier=body.courier)


def guardian_consent(given: "GuardianConsent") -> OwnGuardianConsent:
    """A consent, to who gave it."""
    return OwnGuardianConsent(
        redemption_id=given.redemption_id,
        version=given.wording,
        children=given.children,
        at=given.at,
        withdrawn_at=given.withdrawn_at,
    )
