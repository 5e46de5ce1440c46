"""The zip that Lambda runs: without what the runtime brings along, the same bytes for the same content."""

import py_compile
import re
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

MAX_BYTES = 25 * 1024 * 1024
MAX_PACKAGES = 15
UNCHECKED = py_compile.PycInvalidationMode.UNCHECKED_HASH
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold

# Lambda's Python runtime has these (boto3 and what it needs); they came along because hashed requirements must be the
# whole closure. Import name by distribution name. Not dateutil and six: our code imports them, whatever a runtime has.
IN_RUNTIME = {
    "boto3": "boto3",
    "botocore": "botocore",
    "jmespath": "jmespath",
    "s3transfer": "s3transfer",
    "urllib3": "urllib3",
}

# What packages bring along that we never call: a codec that no photo is sent in, time zones that tzdata has too, a
# library to link with.
UNUSED = ("PIL/_avif.", "pillow.libs/libavif-", "dateutil/zoneinfo/", "lib64/")


class BadBundle(Exception):
    """Raised when the zip is too large or lacks what the app needs."""


def strip(bundle: Path, target: Path) -> None:
    """Write `bundle` again as `target` without IN_RUNTIME, sorted and without times; with bytecode.

    Lambda's code folder is read-only: without bytecode every cold start would compile all sources anew (150 ms).
    """
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(name for name in old.namelist() if _is_kept(name)):
            _add(new, name, old.read(name))
            if name.endswith(".py"):
                path = PurePosixPath(name)
                cached = path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.pyc"
                _add(new, str(cached), _bytecode(name, old.read(name)))


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)


def _bytecode(name: str, source: bytes) -> bytes:
    """What the interpreter loads instead of the source, without looking at the source's time (PEP 552)."""
    with tempfile.TemporaryDirectory() as folder:
        file, cached = Path(folder) / "source.py", Path(folder) / "source.pyc"
        file.write_bytes(source)
        py_compile.compile(
            str(file), str(cached), f"/var/task/{name}", doraise=True, invalidation_mode=UNCHECKED, optimize=0
        )
        return cached.read_bytes()


def _is_kept(name: str) -> bool:
    top = name.split("/", 1)[0]
    if name.endswith("/") or "__pycache__" in name or name.startswith(UNUSED):
        return False
    return distribution(top) not in IN_RUNTIME and top.removesuffix(".py") not in IN_RUNTIME.values()


def distribution(top: str) -> str:
    """The normalised distribution name of a `x.dist-info` folder; any other name as it is (PEP 503)."""
    match = re.fullmatch(r"(.+?)-[^-]+\.dist-info", top)
    return re.sub(r"[-_.]+", "-", match[1]).lower() if match else top


def packages(bundle: Path) -> set[str]:
    """The distributions in the zip, by normalised name."""
    with zipfile.ZipFile(bundle) as archive:
        tops = {name.split("/", 1)[0] for name in archive.namelist()}
    return {distribution(top) for top in tops if top.endswith(".dist-info")}


def check(bundle: Path, pyproject: Path) -> None:
    """Raise BadBundle when the zip is over MAX_BYTES, over MAX_PACKAGES, or lacks a declared dependency."""
    size, held = bundle.stat().st_size, packages(bundle)
    if size > MAX_BYTES:
        raise BadBundle(f"{bundle} has {size:,} bytes; {MAX_BYTES:,} are allowed")
    if len(held) > MAX_PACKAGES:
        raise BadBundle(f"{bundle} holds {len(held)} packages; {MAX_PACKAGES} are allowed: {', '.join(sorted(held))}")
    if missing := sorted(set(declared(pyproject)) - held - IN_RUNTIME.keys()):
        raise BadBundle(f"{bundle} lacks {', '.join(missing)}")


def declared(pyproject: Path) -> Iterator[str]:
    """The runtime dependencies that pyproject.toml names, by normalised name."""
    for requirement in tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["dependencies"]:
        if match := re.match(r"[A-Za-z0-9_.-]+", requirement):
            yield re.sub(r"[-_.]+", "-", match[0]).lower()
