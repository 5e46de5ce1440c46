"""The digits that an elder tells at the door, worked out and stored nowhere."""

from chalicelib.domain.care import proofs
from chalicelib.gateways import signing


def door(visit_id: str) -> str:
    """The four digits of this visit, for whoever may show them (`sight`). Raises Busy (`secret_unreachable`)."""
    return proofs.door_code(signing.pepper(), visit_id)
