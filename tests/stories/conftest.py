"""One local cloud for all stories: emulator, packaged functions, pilot. It takes a while to start, so they share it."""

from collections.abc import Iterator
from fcntl import LOCK_EX, flock
from io import StringIO
from pathlib import Path

import pytest

from demo.__main__ import play
from demo.case import Case
from demo.client import Cast
from demo.stage import Stage
from demo.telling import Teller
from infra.local.cloud import Cloud
from infra.package import package
from tests.stories.steps import at_once, cast_of


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """The whole product, with the API's processes warm."""
    _package(tmp_path_factory.getbasetemp().parent)
    with Cloud(state=tmp_path_factory.mktemp("cloud"), warm_seconds=120) as cloud:
        cast = cast_of(cloud)
        at_once(lambda _: cast["courier"].get("/me"))
        yield cloud


def _package(shared: Path) -> None:
    """One after the other, where several workers of pytest-xdist would build into the same folder at once."""
    with (shared / "package.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        package("local")


@pytest.fixture
def cast(cloud: Cloud) -> Cast:
    """Everyone of the pilot."""
    return cast_of(cloud)


@pytest.fixture(scope="session")
def day(cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    """The demo's day, played to its end; it checks itself as it goes. By name of the journey."""
    stage = Stage(cast=cast_of(cloud), tell=Teller(out=StringIO()), album=tmp_path_factory.mktemp("album"))
    return {case.name: case for case in play(stage)}
