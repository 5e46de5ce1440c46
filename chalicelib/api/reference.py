"""Reference data over HTTP: the tables that clients build their forms and labels from, and their new editions."""

from chalice.app import Response

from chalicelib.api.areas import Edition
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask

api = Api(__name__)

CSV = "text/csv"


@api.route("/reference/{name}", methods=["GET"], answer_type=CSV, authorizer=authorize)
def get_reference(ask: Ask, name: str) -> Response:
    """The edition of a reference table in force, as CSV: taxonomy, departments, limits, calendar, ladder, closing,
    numbers, points_rules, danger_words, retention, routing, responses, stops, quiet_hours, employers."""
    from chalicelib.services.reference import tables as reference

    edition = reference.read(name, now=ask.now)
    headers: dict[str, str | list[str]] = {
        "Content-Type": f"{CSV}; charset=utf-8",
        "Cache-Control": "private, max-age=60",
        "ETag": f'"{edition.version}"',
    }
    return Response(edition.body.decode("utf-8-sig"), headers=headers)


@api.route("/reference/{name}", methods=["PUT"], authorizer=authorize, body_types=(CSV,))
def replace_reference(ask: Ask, name: str, body: bytes) -> Edition:
    """Put a reference table's new edition in force: the whole table as CSV in UTF-8, checked cell by cell and against
    the other tables; a table with any mistake changes nothing."""
    from chalicelib.services.reference import tables as reference

    return Edition(version=reference.replace_table(name, body, base=ask.version, by=ask.actor, now=ask.now))
