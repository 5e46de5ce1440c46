"""On a machine that is not what Lambda is, functions need the host's own wheels: same code, same template."""

import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from infra import bundle
from infra.stages import ROOT

LAMBDA = ("Linux", "x86_64")


def needs_host_wheels(system: str, machine: str) -> bool:
    """Whether wheels built for Lambda (Linux on x86_64) cannot run here."""
    return (system, machine) != LAMBDA


def code_for_host(code: Path) -> Path:
    """The zip this machine can run: the packaged one, or one beside it with the host's wheels."""
    system, machine = platform.system(), platform.machine()
    if not needs_host_wheels(system, machine):
        return code
    target = code.with_name(f"deployment-{system}-{machine}.zip")
    if not target.exists() or target.stat().st_mtime < code.stat().st_mtime:
        print(
            f"This is {system} on {machine}, not Lambda's Linux on x86_64: swapping the zip's wheels for the host's …"
        )
        _swap(code, target)
    return target


def _swap(code: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        _install(content)
        with zipfile.ZipFile(code) as packaged:
            packaged.extractall(content, [name for name in packaged.namelist() if _is_ours(name)])
        unstripped = shutil.make_archive(str(Path(folder) / "host"), "zip", content)
        bundle.strip(Path(unstripped), target)


def _install(folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--target", str(folder)]
    subprocess.run([*command, "--requirement", str(ROOT / "requirements.txt")], check=True)


def _is_ours(name: str) -> bool:
    return name == "app.py" or name.startswith(("chalicelib/", "chalice/"))
