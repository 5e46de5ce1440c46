"""Several things of which none may keep the others from being done: each is tried, and what failed is raised last."""

import logging
from collections.abc import Callable

log = logging.getLogger(__name__)


class Attempts:
    """What was tried of something. Whoever tries says at last that he is done: then the alarm rings for what failed."""

    def __init__(self, of: str) -> None:
        self.of = of
        self.failed: list[Exception] = []

    def make[T](self, name: str, deed: Callable[[], T]) -> T | None:
        """Do it; where it fails, say so in the log, with what went wrong, and go on: None."""
        try:
            return deed()
        except Exception as error:
            log.exception("%s failed", name)
            self.failed.append(error)
            return None

    def done(self) -> None:
        """Raises ExceptionGroup where anything failed."""
        if self.failed:
            raise ExceptionGroup(self.of, self.failed)
