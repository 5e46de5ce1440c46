"""The zip runs where only Lambda's runtime is, and is no larger than it must be."""

import subprocess
import sys
import zipfile
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest

from infra import bundle
from infra.local.emulator import cloud_python
from infra.package import Build
from infra.stages import ROOT

HANDLERS = "import app, chalicelib.api.auth"
# Imported when first needed, so no handler's import proves that they are there.
LAZY = (
    "import PIL.Image, pillow_heif, cryptography.hazmat.bindings._rust, h3, jwt, pyclipper, msgspec, segno, tzdata,"
    " xlsxwriter, dateutil.rrule"
)


@pytest.fixture(scope="module")
def unpacked(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip as Lambda unpacks it."""
    folder = tmp_path_factory.mktemp("task")
    with zipfile.ZipFile(build.code) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Lambda's Python has beside the standard library."""
    folder = tmp_path_factory.mktemp("runtime")
    (packages,) = (cloud_python().parents[1] / "lib").glob("python3.13/site-packages")
    for module in bundle.IN_RUNTIME.values():
        name = module if (packages / module).exists() else f"{module}.py"
        (folder / name).symlink_to(packages / name)
    return folder


@pytest.mark.parametrize("imports", [HANDLERS, LAZY])
def test_the_zip_imports_with_nothing_else_than_the_runtime(unpacked: Path, runtime: Path, imports: str) -> None:
    program = f"import sys; sys.path[:0] = [{str(unpacked)!r}, {str(runtime)!r}]; {imports}"
    environment = {"STAGE": "prod", "AWS_DEFAULT_REGION": "cn-north-1", "AWS_REGION": "cn-north-1"}
    command = [sys.executable, "-I", "-S", "-c", program]
    done = subprocess.run(command, env=environment, cwd=unpacked, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_zip_is_within_its_limits_and_complete(build: Build) -> None:
    bundle.check(build.code, ROOT / "pyproject.toml")
    assert not bundle.packages(build.code) & bundle.IN_RUNTIME.keys()


def test_what_is_never_called_is_left_out_of_the_zip(build: Build) -> None:
    with zipfile.ZipFile(build.code) as archive:
        assert not any(name.startswith(bundle.UNUSED) for name in archive.namelist())


def zipped(path: Path, *names: str) -> Path:
    """A zip that holds these files."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, f"{name!r}")
    return path


def test_stripping_drops_the_runtimes_packages_and_nothing_that_looks_like_them(tmp_path: Path) -> None:
    old = zipped(
        tmp_path / "old.zip",
        *("app.py", "jmespath.py", "jmespathy/__init__.py", "boto3/session.py", "boto3-1.44.5.dist-info/METADATA"),
        *("s3transfer-0.19.3.dist-info/METADATA", "urllib3/util.py", "chalicelib/__pycache__/config.pyc"),
    )
    bundle.strip(old, tmp_path / "new.zip")
    assert zipfile.ZipFile(tmp_path / "new.zip").namelist() == [
        "app.py",
        "__pycache__/app.cpython-313.pyc",
        "jmespathy/__init__.py",
        "jmespathy/__pycache__/__init__.cpython-313.pyc",
    ]


def test_bytecode_goes_with_every_source_and_is_taken_without_a_look_at_its_time(tmp_path: Path) -> None:
    bundle.strip(zipped(tmp_path / "old.zip", "b.py"), tmp_path / "new.zip")
    with zipfile.ZipFile(tmp_path / "new.zip") as archive:
        cached = archive.read("__pycache__/b.cpython-313.pyc")
    assert cached[:4] == MAGIC_NUMBER and cached[4:8] == b"\x01\x00\x00\x00"  # PEP 552: hash-based, unchecked


def test_the_same_content_makes_the_same_bytes(tmp_path: Path) -> None:
    for name, files in (("a", ("app.py", "b.py")), ("b", ("b.py", "app.py"))):
        bundle.strip(zipped(tmp_path / f"{name}.zip", *files), tmp_path / f"{name}-stripped.zip")
    assert (tmp_path / "a-stripped.zip").read_bytes() == (tmp_path / "b-stripped.zip").read_bytes()


def test_a_zip_that_lacks_a_dependency_is_refused(tmp_path: Path) -> None:
    with pytest.raises(bundle.BadBundle, match="msgspec"):
        bundle.check(zipped(tmp_path / "empty.zip", "app.py"), ROOT / "pyproject.toml")


def test_a_zip_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MAX_BYTES", 10)
    with pytest.raises(bundle.BadBundle, match="bytes"):
        bundle.check(zipped(tmp_path / "large.zip", "app.py"), ROOT / "pyproject.toml")
