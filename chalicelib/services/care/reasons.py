"""Why it is he who is asked, in the sentences of `messages.csv`."""

from collections.abc import Iterable

from chalicelib.domain.notifications.messages import Both
from chalicelib.services.notifications.wording import sentences


def worded(keys: Iterable[str]) -> list[Both]:
    """Each reason in Chinese and English."""
    return [sentences().render(f"care_why_{key}", {}) for key in keys]
