"""A function that imports its worker when it is first called: each function of the app pays for its own alone."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any


def worker(name: str, work: str) -> Callable[..., Any]:
    """The function that AWS knows as `name` and that does `work`, such as `notices.tell` of this package."""

    @cache
    def found() -> Callable[..., Any]:
        module, _, function = work.partition(".")
        loaded: Callable[..., Any] = getattr(import_module(f"chalicelib.workers.{module}"), function)
        return loaded

    def run(*arguments: Any) -> Any:
        return found()(*arguments)

    run.__name__ = name  # Lambda is told to call `app.<name>`
    return run
