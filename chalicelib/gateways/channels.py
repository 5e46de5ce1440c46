"""Every way a message can leave the house. A new channel is a module of this shape and a line here."""

from typing import Protocol

from chalicelib.domain.notifications.deliveries import Channel
from chalicelib.gateways import sms, webhook


class Gateway(Protocol):
    """What a channel's module does."""

    def is_configured(self) -> bool:
        """Whether this installation has the channel."""
        ...

    def send(self, to: str, text: str, /, *, id: str) -> None:
        """Send to a recipient as the channel knows him, once however often this `id` is sent. Raises Busy."""
        ...


GATEWAYS: dict[Channel, Gateway] = {Channel.SMS: sms, Channel.PUSH: webhook}
