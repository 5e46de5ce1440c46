"""Pushes to phones, through a bridge to what the township uses: its app, an enterprise chat (see `bridges`)."""

from chalicelib.config import settings
from chalicelib.domain.errors import Busy
from chalicelib.gateways import bridges

BRIDGE = "push-bridge"


def is_configured() -> bool:
    """Whether this installation has a bridge to push through."""
    return bool(settings().push_url)


def send(person_id: str, text: str, *, id: str) -> None:
    """Hand one push to the bridge; the same `id` again pushes nothing twice. Raises Busy (`push_unreachable`)."""
    message = {"id": id, "to": person_id, "text": text}
    bridges.send(settings().push_url, BRIDGE, message, refusal=Busy("push_unreachable"))
