"""What AWS invokes is there, by the name it is invoked by, and finds its worker."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import app
from chalicelib.workers.lazy import worker

PAGE = Path(app.__file__).read_text(encoding="utf-8")
LINES = [line for line in PAGE.splitlines() if "(worker(" in line]
HANDLERS: list[Any] = [*app.app.pure_lambda_functions, *app.app.event_sources]


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda one: str(one.name))
def test_lambda_finds_the_handler_that_it_is_told_to_call(handler: Any) -> None:
    module, _, name = handler.handler_string.rpartition(".")
    assert handler.name == name and callable(getattr(import_module(module), name))


def test_a_worker_is_imported_when_it_is_called_and_gets_what_was_sent() -> None:
    lazy = worker("told", "context.nothing")
    assert lazy.__name__ == "told"
    with pytest.raises(AttributeError):
        lazy({})
    with pytest.raises(ModuleNotFoundError):
        worker("told", "nowhere.nothing")({})


@pytest.mark.parametrize("line", LINES)
def test_every_worker_named_on_the_page_exists(line: str) -> None:
    name, _, call = line.partition(" = ")
    told, work = call[call.index("worker(") :].split('"')[1::2]
    module, _, function = work.partition(".")
    assert told == name and callable(getattr(import_module(f"chalicelib.workers.{module}"), function))
