"""Who was overtaken looks again: what refuses him then is named, for it is decided on what he reads."""

from collections.abc import Callable

from chalicelib.domain.errors import Busy, StaleVersion

TRIES = 20  # each that is lost means that somebody else was served


def tried[T](attempt: Callable[[], T]) -> T:
    """What the attempt gives. Raises Busy (`prize_contention`) under contention that does not end."""
    for _ in range(TRIES):
        try:
            return attempt()
        except StaleVersion:
            continue
    raise Busy("prize_contention")
