"""What a client may ask to be done to a person: one Struct per action, told apart by `action`."""

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.people import PersonId, PersonView, Phone, view
from chalicelib.domain.people.model import Identity, Post, Role
from chalicelib.domain.people.phones import phone_of

api = Api(__name__)

Name = Annotated[str, Meta(min_length=1, max_length=50)]
VillageCode = Annotated[str, Meta(pattern=r"^\d{12}$")]
Villages = Annotated[tuple[VillageCode, ...], Meta(min_length=1, max_length=20)]
Reason = Annotated[str, Meta(max_length=500)]
Issuer = Annotated[str, Meta(pattern=r"^https://[!-~]{1,200}$")]
Subject = Annotated[str, Meta(pattern=r"^[!-~]{1,200}$")]


class PersonStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action"):
    """What every action on a person may say: why."""

    reason: Reason = ""


class PausePerson(PersonStep, frozen=True, kw_only=True, tag="pause"):
    """No courier for a while. Whom the office paused, only the office lets go on."""


class ResumePerson(PersonStep, frozen=True, kw_only=True, tag="resume"):
    """A courier again."""


class LeavePerson(PersonStep, frozen=True, kw_only=True, tag="leave"):
    """The account is closed: all posts end, points stay until they expire."""


class ChangeEmployer(PersonStep, frozen=True, kw_only=True, tag="change_employer"):
    """He delivers for somebody else."""

    employer: Name


class ChangeRound(PersonStep, frozen=True, kw_only=True, tag="change_round"):
    """His round leads through other villages."""

    villages: Villages


class ChangePhone(PersonStep, frozen=True, kw_only=True, tag="change_phone"):
    """A new number. `in_person`: he stood before you, which approves him anew; else he must come before he signs in.

    Who left may be without one (`phone` null): the number is somebody else's by now.
    """

    phone: Phone | None
    in_person: bool


class Reapprove(PersonStep, frozen=True, kw_only=True, tag="reapprove"):
    """He came in person: after 90 idle days, a change of phone, or having left."""

    in_person: bool


class RecordTraining(PersonStep, frozen=True, kw_only=True, tag="training"):
    """He was trained, that day, by that person or body."""

    trained_on: date
    trained_by: Name


class RecordPack(PersonStep, frozen=True, kw_only=True, tag="welcome_pack"):
    """He got the welcome pack, that day."""

    pack_on: date


class GrantRole(PersonStep, frozen=True, kw_only=True, tag="grant_role"):
    """He holds this post too."""

    role: Role
    scope: PersonId


class RevokeRole(PersonStep, frozen=True, kw_only=True, tag="revoke_role"):
    """He holds this post no longer."""

    role: Role
    scope: PersonId


class StaffIdentity(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`iss` and `sub` of the tokens that an issuer gives somebody."""

    issuer: Issuer
    subject: Subject


class LinkIdentity(PersonStep, frozen=True, kw_only=True, tag="link_identity"):
    """Who he is to the issuer that staff sign in with; null for nobody."""

    identity: StaffIdentity | None


class ErasePerson(PersonStep, frozen=True, kw_only=True, tag="erase"):
    """Who left asks to be forgotten, and why you believe that it is he who asks: after the same days as by himself."""

    reason: Annotated[str, Meta(min_length=1, max_length=500)]


type AnyPersonAction = (
    PausePerson
    | ResumePerson
    | LeavePerson
    | ChangeEmployer
    | ChangeRound
    | ChangePhone
    | Reapprove
    | RecordTraining
    | RecordPack
    | GrantRole
    | RevokeRole
    | LinkIdentity
    | ErasePerson
)


@api.route("/people/{person_id}/actions", methods=["POST"], authorizer=authorize)
def act_on_person(ask: Ask, person_id: str, body: AnyPersonAction) -> PersonView:
    """Pause, leave, change, approve anew, appoint, have forgotten. What ends a role ends it at once, and signs him out
    everywhere."""
    from chalicelib.domain.people.actions import PersonAction, Wish
    from chalicelib.services.people import person_actions

    wish = Wish(action=PersonAction(str(type(body).__struct_config__.tag)), **_said(body))
    return view(person_actions.act(person_id, wish, version=ask.version, key=ask.key, by=ask.actor, now=ask.now))


def _said(asked: Any) -> dict[str, Any]:
    """What a decoded action asks for, in the words of a wish."""
    said: dict[str, Any] = msgspec.structs.asdict(asked)
    day = said.pop("trained_on", None) or said.pop("pack_on", None)
    post = Post(said.pop("role"), said.pop("scope")) if "role" in said else None
    if "phone" in said:
        said["phone"] = phone_of(said["phone"]) if said["phone"] else ""
    if said.get("identity"):
        said["identity"] = Identity(said["identity"].issuer, said["identity"].subject)
    return said | {"day": day, "post": post, "trainer": said.pop("trained_by", "")}
