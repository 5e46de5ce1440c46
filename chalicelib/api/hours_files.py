"""The caller's own statement of hours over HTTP, as a workbook that can be printed."""

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.shapes import Instant

api = Api(__name__)


class HoursFileAsked(Struct, frozen=True, kw_only=True):
    """The file is being written, since `asked_at`."""

    id: str
    asked_at: Instant


class HoursFile(Struct, frozen=True, kw_only=True):
    """Where the workbook is to be had until `expires_at`, without any token; `filename`: what a browser saves it as."""

    url: str
    filename: str
    expires_at: Instant


@api.route("/me/hours/{period}/file", methods=["POST"], status=202, authorizer=authorize)
def ask_hours_file(ask: Ask, period: str) -> HoursFileAsked:
    """Have the caller's own statement of hours written as a workbook. Asked again while it is being written, it is
    that one."""
    from chalicelib.services.volunteering import files

    file = files.ask(new_id(ask.now), ask.actor.id, period, now=ask.now)
    return HoursFileAsked(id=file.id, asked_at=file.asked_at)


@api.route("/me/hours/{period}/file", methods=["GET"], authorizer=authorize)
def get_hours_file(ask: Ask, period: str) -> HoursFile:
    """A short-lived link to the workbook that the caller asked for; it is erased after a day."""
    from chalicelib.services.volunteering import files

    made = files.fetch(ask.actor.id, period, now=ask.now)
    return HoursFile(url=made.url, filename=made.filename, expires_at=made.expires_at)
