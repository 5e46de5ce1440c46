"""Trust over HTTP: how far somebody's reports have proved true, with the numbers behind it. It decides nothing."""

from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask

if TYPE_CHECKING:
    from chalicelib.domain.fraud.trust import Trust

api = Api(__name__)


class TrustView(Struct, frozen=True, kw_only=True):
    """`percent` = 100 × (`verified` + `credit`) ÷ (`judged` + `credit` + `doubt`), in a sentence as well."""

    percent: int
    judged: int
    verified: int
    credit: float
    doubt: float
    text: str
    text_en: str


@api.route("/me/trust", methods=["GET"], authorizer=authorize)
def get_own_trust(ask: Ask) -> TrustView:
    """How far the caller's own reports have proved true."""
    from chalicelib.services.fraud import trust

    return view(trust.mine(by=ask.actor, now=ask.now))


@api.route("/people/{person_id}/trust", methods=["GET"], authorizer=authorize)
def get_trust(ask: Ask, person_id: str) -> TrustView:
    """How far a courier's reports have proved true, for the centre. Reading it is noted."""
    from chalicelib.services.fraud import trust

    return view(trust.show(person_id, by=ask.actor, now=ask.now))


def view(found: "Trust") -> TrustView:
    """Trust as a client reads it."""
    from chalicelib.services.fraud.trust import explained

    zh, en = explained(found)
    return TrustView(
        percent=found.percent,
        judged=found.judged,
        verified=found.verified,
        credit=found.credit,
        doubt=found.doubt,
        text=zh,
        text_en=en,
    )
