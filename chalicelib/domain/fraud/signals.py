"""Which lines of history may make something look wrong."""

from chalicelib.domain.events import Event
from chalicelib.domain.fraud import closings, traces


def concerns(event: Event) -> bool:
    """Whether it changes what a courier's reports amount to, brings photos, or contradicts a closing."""
    return traces.concerns(event) or event.was is None or closings.concerns(event)
