"""Alarms over HTTP: answered in the app, or through the link in an SMS by who is not signed in."""

from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING

from chalice.app import Response
from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask, Visit
from chalicelib.api.shapes import Instant

if TYPE_CHECKING:
    from chalicelib.services.duty.alarm_answers import Shown

api = Api(__name__)

HTML = "text/html"


class AlarmView(Struct, frozen=True, kw_only=True):
    """An alarm: which step it has come to, how often was called, and who was first to answer (`role:scope`)."""

    report_id: str
    raised_at: Instant
    step: str
    times: int
    acknowledged_at: Instant | None
    acknowledged_as: str


@api.route("/reports/{report_id}/alarm/acknowledgement", methods=["POST"], authorizer=authorize)
def acknowledge_alarm(ask: Ask, report_id: str) -> AlarmView:
    """Answer the alarm of a report: nobody further is called. For village, centre and committee. Repeatable."""
    from chalicelib.services.duty import alarm_answers

    alarm = alarm_answers.acknowledge(report_id, by=ask.actor, now=ask.now)
    return AlarmView(
        report_id=report_id,
        raised_at=alarm.raised_at,
        step=alarm.step,
        times=alarm.times,
        acknowledged_at=alarm.acknowledged_at,
        acknowledged_as=alarm.acknowledged_as,
    )


@api.route("/alarms/{token}", methods=["GET"], answer_type=HTML)
def show_alarm(visit: Visit, token: str) -> Response:
    """The page behind the link in an alarm's SMS: where and what it is, as the SMS says, and a button that answers it.

    Later it says who has answered and when, or that it is over; of a link that is none or has lapsed, only that (404).
    """
    from chalicelib.services.duty import alarm_answers

    return _page(alarm_answers.show(token, now=visit.now))


@api.route("/alarms/{token}", methods=["POST"], answer_type=HTML)
def answer_alarm(visit: Visit, token: str) -> Response:
    """The button on that page: the alarm is answered, and nobody further is called. The first one stands."""
    from chalicelib.services.duty import alarm_answers

    return _page(alarm_answers.acknowledge_by_link(token, now=visit.now))


def _page(shown: "Shown | None") -> Response:
    from chalicelib.api.pages.alarm import page

    body = page(shown)
    headers: dict[str, str | list[str]] = {
        "Content-Type": f"{HTML}; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
        "Referrer-Policy": "no-referrer",
    }
    if shown is None:
        return Response(body, headers=headers, status_code=HTTPStatus.NOT_FOUND)
    return Response(body, headers=headers | {"ETag": f'"{sha256(body.encode()).hexdigest()[:16]}"'})
