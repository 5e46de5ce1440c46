"""What an action must say: a text, a reason, a photo, who it was that spoke for a body (DOMAIN §1, §2)."""

from datetime import datetime

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reports.commands import Situation
from chalicelib.domain.reports.parties import Party


def reason(on: Situation) -> str:
    """The reason given. Raises Invalid (`reason_needed`)."""
    if not on.command.text.strip():
        raise Invalid("reason_needed")
    return on.command.text


def text(on: Situation) -> str:
    """What is told. Raises Invalid (`text_needed`)."""
    if not on.command.text.strip():
        raise Invalid("text_needed")
    return on.command.text


def answer(on: Situation) -> str:
    """What the reporter and the public are told. Raises Invalid (`answer_needed`)."""
    if not on.command.text.strip():
        raise Invalid("answer_needed")
    return on.command.text


def done_at(on: Situation) -> datetime:
    """When it was done: what the centre records was done before."""
    return on.command.proxy.at if on.party is Party.CENTRE and on.command.proxy else on.now


def recorded(on: Situation, *, since: datetime | None = None) -> dict[str, object]:
    """For whom the centre records (代录): person, phone, time, letter or photo; nothing where the body itself acts.

    It is nothing from before the order, or from before `since`.

    Raises Invalid (`proxy_needed`, `proxy_in_future`, `proxy_before_order`).
    """
    proxy = on.command.proxy
    if on.party is not Party.CENTRE:
        return {}
    if proxy is None or not (proxy.person.strip() and proxy.phone.strip() and proxy.letter.strip()):
        raise Invalid("proxy_needed", department=on.report.department or on.command.department)
    if proxy.at > on.now:
        raise Invalid("proxy_in_future")
    if proxy.at < (since or on.report.ordered_at or on.report.entered_at):
        raise Invalid("proxy_before_order")
    return {
        "proxy": {
            "person": proxy.person,
            "phone": proxy.phone,
            "at": proxy.at.isoformat(),
            "letter": proxy.letter,
        }
    }
