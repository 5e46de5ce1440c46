"""Which module serves which path is written down, and no module is imported before it is asked for."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any, cast

import pytest
from chalice.app import Chalice

from app import app
from chalicelib.api import routes
from chalicelib.api.operations import operations
from chalicelib.api.routes import SERVED_BY, Routes, imported
from infra.stages import ROOT

LOADED = "print(*sorted(name for name in sys.modules if name.startswith('chalicelib.')))"


def modules_after(code: str) -> set[str]:
    """What a fresh process has of ours after this code."""
    program = f"import sys\n{code}\n{LOADED}"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_every_module_serves_the_paths_that_are_written_down() -> None:
    served = {(operation.view.__module__, operation.path) for operation in operations()}
    written = {(imported(module).__name__, path) for module, paths in SERVED_BY.items() for path in paths.split()}
    assert served == written


def test_every_module_with_routes_is_written_down() -> None:
    sources = (ROOT / "chalicelib" / "api").glob("*.py")
    with_routes = {Path(one).stem for one in sources if "@api.route(" in one.read_text(encoding="utf-8")} - {"http"}
    assert with_routes == SERVED_BY.keys()


def test_whoever_goes_through_all_routes_finds_all() -> None:
    found = {(method, path) for path, methods in app.routes.items() for method in methods}
    assert found == {(operation.method, operation.path) for operation in operations()}
    assert all(app.routes[path] for path in app.routes)
    with pytest.raises(KeyError):
        app.routes["/nowhere"]


def test_a_worker_imports_no_view() -> None:
    loaded = modules_after("import app")
    assert {name for name in loaded if name.startswith("chalicelib.api.")} == {
        "chalicelib.api.auth",
        "chalicelib.api.routes",
    }
    assert not {name for name in loaded if name.startswith(("chalicelib.services", "chalicelib.store"))}


def test_a_request_imports_the_views_of_its_path_alone() -> None:
    loaded = modules_after("import app; app.app.routes['/points']['GET']")
    assert "chalicelib.api.points" in loaded and not loaded & {"chalicelib.api.reports", "chalicelib.api.meetings"}


class Registry:
    """In Chalice's place: a blueprint registers itself."""

    def register_blueprint(self, register: Callable[[], None]) -> None:
        """Let it."""
        register()


def table(monkeypatch: pytest.MonkeyPatch, load: Callable[[], None]) -> Routes:
    """A table with one path, whose module does this when it is imported."""
    monkeypatch.setattr(routes, "SERVED_BY", {"views": "/path"})
    made = Routes(cast("Chalice", Registry()))

    def register() -> None:
        made["/path"]["GET"] = "view"

    def module(_: str) -> SimpleNamespace:
        load()
        return SimpleNamespace(api=register)

    monkeypatch.setattr(routes, "imported", module)
    return made


@pytest.mark.parametrize("error", [KeyError("region"), OSError("no file left")])
def test_a_module_that_could_not_be_imported_is_tried_again_and_its_path_is_no_unknown_one(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [error]

    def load() -> None:
        if wrong:
            raise wrong.pop()

    made = table(monkeypatch, load)
    with pytest.raises((ImportError, OSError)) as failed:
        made["/path"]
    assert error in (failed.value, failed.value.__cause__)
    assert made["/path"] == {"GET": "view"}


def test_the_request_that_met_it_is_answered_that_it_failed_and_the_next_one_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failing = Chalice(app_name="failing", configure_logs=False)
    wrong: list[Exception] = [KeyError("region"), OSError("no file left")]

    def load(name: str) -> Any:
        if wrong:
            raise wrong.pop()
        return imported(name)

    monkeypatch.setattr(routes, "imported", load)
    failing.routes = Routes(failing)  # type: ignore[assignment]  # as in app.py
    asked = {"resourcePath": "/docs", "httpMethod": "GET", "path": "/docs"}
    event = dict.fromkeys(("multiValueQueryStringParameters", "body", "stageVariables", "isBase64Encoded"))
    event |= {"requestContext": asked, "headers": {}, "pathParameters": {}}
    assert [failing(event, None)["statusCode"] for _ in range(3)] == [500, 500, 200]


def test_two_who_ask_at_once_both_find_it_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = Event(), Event()

    def load() -> None:
        begun.set()
        go_on.wait()

    made = table(monkeypatch, load)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(lambda: dict(made["/path"]))
        begun.wait()
        second = pool.submit(lambda: dict(made["/path"]))
        wait([second], timeout=0.05)  # it would be done by then if it did not wait for the first
        go_on.set()
        assert first.result() == second.result() == {"GET": "view"}
