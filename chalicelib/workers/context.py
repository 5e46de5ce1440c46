"""What Lambda hands a function beside its event."""

from typing import Protocol


class Context(Protocol):
    """What Lambda tells a function about its own call."""

    def get_remaining_time_in_millis(self) -> int:
        """How long until it is cut off."""
        ...
