"""The family contact's page over HTTP: its link is given and taken back by staff; who has it needs no account."""

from datetime import date
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from chalice.app import Response
from msgspec import Struct

from chalicelib.api import beneficiary_shapes as shapes
from chalicelib.api.auth import authorize
from chalicelib.api.beneficiary_shapes import BeneficiaryCard
from chalicelib.api.http import Api, Ask, Visit
from chalicelib.api.ids import new_id
from chalicelib.api.shapes import Instant
from chalicelib.domain.errors import DomainError, Invalid

if TYPE_CHECKING:
    from chalicelib.domain.notifications.messages import Both
    from chalicelib.services.care.family_wishes import Sent

api = Api(__name__)

HTML, FORM = "text/html", "application/x-www-form-urlencoded"
LONGEST_FORM = 8 * 1024  # bytes


class FamilyLink(Struct, frozen=True, kw_only=True):
    """Where the page is, below the address of this API, and until when the link opens it."""

    id: str
    path: str
    expires_at: Instant


@api.route("/beneficiaries/{beneficiary_id}/family-link", methods=["POST"], authorizer=authorize)
def give_family_link(ask: Ask, beneficiary_id: str) -> FamilyLink:
    """A link to the page of the family contact, for months: for staff of the village, and the centre."""
    from chalicelib.gateways import links
    from chalicelib.services.care import family

    given = family.give(beneficiary_id, by=ask.actor, now=ask.now)
    return FamilyLink(id=beneficiary_id, path=links.family_path(given.token), expires_at=given.expires_at)


@api.route("/beneficiaries/{beneficiary_id}/family-link", methods=["DELETE"], authorizer=authorize)
def take_family_link_back(ask: Ask, beneficiary_id: str) -> BeneficiaryCard:
    """Take every link to the family contact's page back: all are dead at once."""
    from chalicelib.services.care import family

    return shapes.card(family.take_back(beneficiary_id, by=ask.actor, now=ask.now))


@api.route("/f/{token}", methods=["GET"], answer_type=HTML)
def show_family_page(visit: Visit, token: str) -> Response:
    """The family contact's page: how visits went, who comes next, who has looked, and forms to pause, to ask to stop,
    to complain. Of a link that is none, has lapsed or was taken back, only that (404)."""
    return _page(visit, token)


@api.route("/f/{token}", methods=["POST"], answer_type=HTML, body_types=(FORM,))
def send_family_wish(visit: Visit, token: str, body: bytes) -> Response:
    """What a form of that page sends; sent twice it is done once. Answers the page as it is then, with how it went."""
    from chalicelib.api.problems import problem
    from chalicelib.api.sentences import texts
    from chalicelib.domain.errors import Busy, TooManyRequests
    from chalicelib.services.care import family_wishes

    sent = _sent(body)
    try:
        done = family_wishes.act(token, sent, address=visit.address, now=visit.now)
    except (Busy, TooManyRequests):
        raise
    except DomainError as refusal:  # said on the page, in its words
        told = problem(refusal)
        return _page(visit, token, ("wrong", (told.detail, told.detail_en)))
    return _page(visit, token, ("notice", texts()[f"family.done.{sent.wish}"]) if done else None)


def _sent(body: bytes) -> "Sent":
    """What the form says. Raises Invalid (`malformed`)."""
    from chalicelib.services.care.family_wishes import FamilyWish, Sent

    try:
        given = dict(parse_qsl(body[:LONGEST_FORM].decode(), max_num_fields=10))
        until = date.fromisoformat(given["until"]) if given.get("until") else None
        words = given.get("words", "")
        return Sent(form=given["form"], wish=FamilyWish(given["wish"]), until=until, words=words[:300])
    except (KeyError, ValueError) as error:
        raise Invalid("malformed", reason="form") from error


def _page(visit: Visit, token: str, notice: "tuple[str, Both] | None" = None) -> Response:
    from chalicelib.api.pages.family import page, policy
    from chalicelib.services.care import family

    shown = family.show(token, address=visit.address, once=new_id(visit.now), now=visit.now)
    headers: dict[str, str | list[str]] = {
        "Content-Type": f"{HTML}; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy(),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }
    body = page(shown, notice)
    if shown is None:
        return Response(body, headers=headers, status_code=HTTPStatus.NOT_FOUND)
    return Response(body, headers=headers | {"ETag": f'"{sha256(body.encode()).hexdigest()[:16]}"'})
