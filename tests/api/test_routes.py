"""Which module serves which path is written down, and no module is imported before it is asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import app
from chalicelib.api.operations import operations
from chalicelib.api.routes import SERVED_BY, imported
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
