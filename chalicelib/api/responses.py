"""What staff usually say with an action, over HTTP. The table itself is `responses` among the reference data."""

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.domain.reports.model import Action

api = Api(__name__)


class ResponsesQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The action that is about to be done."""

    action: Action


class ResponseView(Struct, frozen=True, kw_only=True):
    """A text to begin with. `kind` says for what it is meant: a kind, a group of them, or `*`. `missing` names the
    blanks that nothing is known for: they stand open in the text."""

    kind: str
    text: str
    text_en: str
    missing: tuple[str, ...]


class ResponseViews(Struct, frozen=True, kw_only=True):
    """Texts to begin with, the most specific first."""

    responses: list[ResponseView]


@api.route("/reports/{report_id}/responses", methods=["GET"], authorizer=authorize)
def list_responses(ask: Ask, report_id: str, query: ResponsesQuery) -> ResponseViews:
    """What the township usually says with an `action` on a report like this one, filled in: for staff, as a start."""
    from chalicelib.services.reports import responses

    found = responses.fitting(report_id, query.action, by=ask.actor, now=ask.now)
    return ResponseViews(
        responses=[ResponseView(kind=one.kind, text=one.zh, text_en=one.en, missing=one.missing) for one in found]
    )
