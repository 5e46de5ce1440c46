"""What a courier found at a door is verified like any report; the visit hears of it."""

from chalicelib.domain.care.ladder import visit_of
from chalicelib.domain.events import Event
from chalicelib.domain.reports.model import Action


def concerns(event: Event) -> bool:
    """Whether it says that what came of a visit was found true."""
    return event.action is Action.VERIFY and visit_of(event.subject_id) is not None
