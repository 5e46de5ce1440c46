"""All that the API can be asked, whatever of it was asked for so far."""

from chalicelib.api.http import OPERATIONS, Operation
from chalicelib.api.routes import SERVED_BY, imported


def operations() -> list[Operation]:
    """Every operation, in the order of SERVED_BY and within a module in its own; imports what was not needed before."""
    order = {imported(module).__name__: place for place, module in enumerate(SERVED_BY)}
    return sorted(OPERATIONS, key=lambda operation: order[operation.view.__module__])
