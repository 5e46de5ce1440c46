"""What is done to a beneficiary over HTTP: one Struct per action, told apart by `action`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.beneficiary_shapes import Grounds, Services, meant
from chalicelib.domain.care.beneficiaries import CareEnding, NeedRefusal, Pause, PausedBy
from chalicelib.domain.care.complaints import Redress
from chalicelib.domain.care.consents import Giver

if TYPE_CHECKING:
    from chalicelib.api.http import Ask
    from chalicelib.domain.care.beneficiaries import Beneficiary

PartId = Annotated[str, Meta(min_length=1, max_length=60)]


class BeneficiaryAct(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action"):
    """Something done to a beneficiary."""


class WantMore(BeneficiaryAct, frozen=True, kw_only=True, tag="want"):
    """Another need of somebody known: village or centre."""

    services: Services
    grounds: Grounds


class AssessNeed(BeneficiaryAct, frozen=True, kw_only=True, tag="assess"):
    """The centre accepts all or some of what a need asks for; never who raised it."""

    need: PartId
    services: Services


class RefuseNeed(BeneficiaryAct, frozen=True, kw_only=True, tag="refuse"):
    """The centre refuses a need."""

    need: PartId
    reason: NeedRefusal


class WithdrawConsent(BeneficiaryAct, frozen=True, kw_only=True, tag="withdraw"):
    """The consent is taken back, by the beneficiary or his guardian; what is planned stops at once. A relative's wish
    is refused: pause, and ask the beneficiary."""

    wish: Giver


class PauseCare(BeneficiaryAct, frozen=True, kw_only=True, tag="pause"):
    """No visits from `first` to `last`, local days, in the place of any pause before; at whose word."""

    first: date
    last: date
    word: PausedBy = PausedBy.BENEFICIARY


class ResumeCare(BeneficiaryAct, frozen=True, kw_only=True, tag="resume"):
    """The pause is over, or does not begin: also where the family had asked to stop and the beneficiary says no."""


class EndCare(BeneficiaryAct, frozen=True, kw_only=True, tag="end"):
    """It is over for good; who comes back is entered anew."""

    ending: CareEnding


class AnswerComplaint(BeneficiaryAct, frozen=True, kw_only=True, tag="answer"):
    """What came of a complaint; the family reads it on its page."""

    complaint: PartId
    outcome: Redress


type AnyBeneficiaryAction = (
    WantMore | AssessNeed | RefuseNeed | WithdrawConsent | PauseCare | ResumeCare | EndCare | AnswerComplaint
)


def do(id: str, asked: AnyBeneficiaryAction, ask: "Ask") -> "Beneficiary":
    """Call what the decoded action is; the services are imported with the first action."""
    from chalicelib.api.ids import new_id
    from chalicelib.services.care import assessing, complaining, consenting, pausing, raising
    from chalicelib.services.care.raising import Asked

    by, now, key, version = ask.actor, ask.now, ask.key, ask.version
    match asked:
        case WantMore():
            need = Asked(id=new_id(now), services=meant(asked.services), grounds=asked.grounds)
            return raising.want(id, need, key=key, by=by, now=now)
        case AssessNeed():
            return assessing.assess(id, asked.need, meant(asked.services), version=version, key=key, by=by, now=now)
        case RefuseNeed():
            return assessing.refuse(id, asked.need, asked.reason, version=version, key=key, by=by, now=now)
        case WithdrawConsent():
            return consenting.withdraw(id, asked.wish, by=by, now=now)
        case PauseCare():
            pause = Pause(first=asked.first, last=asked.last, by=asked.word)
            return pausing.pause(id, pause, version=version, key=key, by=by, now=now)
        case ResumeCare():
            return pausing.resume(id, version=version, key=key, by=by, now=now)
        case EndCare():
            return pausing.end(id, asked.ending, version=version, key=key, by=by, now=now)
        case AnswerComplaint():
            return complaining.answer(id, asked.complaint, asked.outcome, key=key, by=by, now=now)
