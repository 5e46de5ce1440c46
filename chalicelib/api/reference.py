"""Reference data over HTTP: the tables that clients build their forms and labels from."""

from chalice.app import Response

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.services import reference

api = Api(__name__)


@api.route("/reference/{name}", methods=["GET"], answer_type="text/csv", authorizer=authorize)
def get_reference(ask: Ask, name: str) -> Response:
    """The edition of a reference table in force, as CSV: taxonomy, departments, limits, ladder, points_rules,
    danger_words, retention."""
    edition = reference.read(name, now=ask.now)
    headers: dict[str, str | list[str]] = {
        "Content-Type": "text/csv; charset=utf-8",
        "Cache-Control": "private, max-age=60",
        "ETag": f'"{edition.version}"',
    }
    return Response(edition.body.decode("utf-8-sig"), headers=headers)
