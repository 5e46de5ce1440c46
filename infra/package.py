"""`python -m infra.package --stage dev`: what CloudFormation deploys, in build/<stage>/.

`chalice package` builds the zip and its SAM template; the zip is stripped of what the runtime has, the template is
completed from infra/*.yaml. When nothing that goes in has changed, the earlier build stands.
"""

import argparse
import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra import bundle
from infra.fragments import Clash, infrastructure
from infra.merge import merge
from infra.rights import managed
from infra.stages import ROOT, STAGES


class PackagingFailed(Exception):
    """Raised when Chalice cannot package the app; says what Chalice said."""


@dataclass(frozen=True, slots=True)
class Build:
    """One stage's deployable: template and code, side by side as `aws cloudformation package` wants them."""

    folder: Path

    @property
    def template(self) -> Path:
        """The SAM template, JSON."""
        return self.folder / "sam.json"

    @property
    def code(self) -> Path:
        """The code of every function."""
        return self.folder / "deployment.zip"

    @property
    def fingerprint(self) -> Path:
        """The hash of all that went into this build."""
        return self.folder / "inputs.sha256"


def package(stage: str, out: Path | None = None) -> Build:
    """Build a stage, or find it built. Raises PackagingFailed, Clash, BadBundle."""
    build = Build(out or ROOT / "build" / stage)
    wanted = _fingerprint(stage)
    with _alone_in(build.folder):
        if not _is_built(build, wanted):
            _make(build, stage, wanted)
    return build


def _make(build: Build, stage: str, wanted: str) -> None:
    print(f"packaging stage {stage} …", flush=True)
    build.fingerprint.unlink(missing_ok=True)
    raw = _run_chalice(stage, build.folder / "chalice")
    ours = infrastructure(stage)
    ours["Resources"] |= managed()
    template = merge(ours, json.loads(raw.template.read_text(encoding="utf-8")))
    bundle.strip(raw.code, build.code)
    bundle.check(build.code, ROOT / "pyproject.toml")
    build.template.write_text(json.dumps(template, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    build.fingerprint.write_text(wanted, encoding="utf-8")


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Tests in several processes want the same build: the first makes it, the others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_built(build: Build, wanted: str) -> bool:
    complete = build.template.exists() and build.code.exists() and build.fingerprint.exists()
    return complete and build.fingerprint.read_text(encoding="utf-8") == wanted


def _run_chalice(stage: str, out: Path) -> Build:
    chalice = Path(sys.executable).with_name("chalice")
    command = [str(chalice), "--project-dir", str(ROOT), "package", "--stage", stage, str(out)]
    # Chalice asks for a region even to package; the template names none.
    region = {"AWS_DEFAULT_REGION": os.environ.get("AWS_DEFAULT_REGION", "cn-north-1")}
    done = subprocess.run(command, env=os.environ | region, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise PackagingFailed(f"chalice package --stage {stage} failed:\n{done.stdout}{done.stderr}")
    return Build(out)


def _fingerprint(stage: str) -> str:
    digest = hashlib.sha256(f"{stage} {sys.version}".encode())
    for path in sorted(_inputs()):
        digest.update(f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _inputs() -> Iterator[Path]:
    yield from (ROOT / "app.py", ROOT / "requirements.txt", ROOT / "pyproject.toml")
    yield from (path for path in (ROOT / "chalicelib").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    yield from (ROOT / ".chalice").glob("*.json")
    yield from (ROOT / "infra").glob("*.yaml")
    yield from (ROOT / "infra").glob("*.py")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    try:
        build = package(arguments.stage, arguments.out)
    except (PackagingFailed, Clash, bundle.BadBundle) as error:
        sys.exit(str(error))
    print(f"{build.template} · {build.code} ({build.code.stat().st_size / 1024 / 1024:.1f} MB)")


if __name__ == "__main__":
    main()
