"""SMS: one way in every stage, through the bridge of the township's own provider (see `bridges`)."""

from chalicelib.config import settings
from chalicelib.domain.errors import Busy
from chalicelib.gateways import bridges

BRIDGE = "sms-bridge"


def is_configured() -> bool:
    """Whether this installation has a bridge to send through."""
    return bool(settings().sms_url)


def send(phone: str, text: str, *, id: str) -> None:
    """Hand one SMS to the bridge; the same `id` again sends nothing twice. Raises Busy (`sms_unreachable`)."""
    message = {"id": id, "to": phone, "text": text}
    bridges.send(settings().sms_url, BRIDGE, message, refusal=Busy("sms_unreachable"))
