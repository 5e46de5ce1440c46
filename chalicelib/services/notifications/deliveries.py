"""Use cases on deliveries: send one as it was asked, and tell what was sent."""

import logging

from chalicelib.domain.errors import Busy
from chalicelib.domain.notifications.deliveries import DONE, DeliveryState, Sent, summary
from chalicelib.gateways.channels import GATEWAYS
from chalicelib.services.notifications.outbox import Send
from chalicelib.store.notifications import deliveries as store

log = logging.getLogger(__name__)


def of(report_id: str) -> list[Sent]:
    """What was sent about a report, oldest first: which message, by which channel, to how many of which role."""
    return summary(store.of(report_id))


def send(errand: Send) -> None:
    """Send it unless it was sent before. Raises Busy where the channel does not take it: the queue tries again.

    Where the installation has no such channel that is recorded, and an alarm rings.
    """
    known = store.find(errand.subject, errand.id)
    if known is None or known.state in DONE:
        return
    key = [(errand.subject, errand.id)]
    if not GATEWAYS[errand.channel].is_configured():
        store.mark(key, DeliveryState.NO_CHANNEL, tried=False)
        log.error("undeliverable: %s by %s, which is not set up", errand.id, errand.channel)
        return
    try:
        GATEWAYS[errand.channel].send(errand.to, errand.text, id=errand.id)
    except Busy as error:
        store.mark(key, DeliveryState.FAILED, reason=error.rule)
        raise
    store.mark(key, DeliveryState.SENT)
