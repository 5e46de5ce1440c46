"""Starts and stops the emulator as a process of its own, in an environment of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from infra.local.ports import LOOPBACK, check_free, free_port
from infra.stages import REGION, ROOT, local_client

START_SECONDS, STOP_SECONDS = 60, 60


class EmulatorFailed(Exception):
    """Raised when the emulator does not come up; its log says why."""


@dataclass(slots=True)
class Emulator:
    """One emulator with its state in a folder; started again, it has what it had."""

    state: Path
    port: int
    warm_seconds: int = 300
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """The address of every emulated service, and of the API."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def log(self) -> Path:
        """What the emulator and the functions in it print."""
        return self.state / "emulator.log"

    def start(self) -> None:
        """Return when it answers. Raises PortInUse, EmulatorFailed."""
        check_free(self.port)
        shutil.rmtree(self.state / "tmp", ignore_errors=True)  # unpacked code that a kill left behind
        (self.state / "tmp").mkdir(parents=True)
        self._move_to_port()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(cloud_python()), "-P", str(Path(__file__).with_name("patched_ministack.py"))],
                env=self._environment(),
                cwd=self.state,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the launcher alone, which then stops it in order
            )
        self._await_answer()

    def stop(self) -> None:
        """Stop in order, so that state is saved, and end the functions' processes."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def client(self, service: str) -> Any:
        """A boto3 client of this emulator with every right."""
        return client(service, self.url)

    def _environment(self) -> dict[str, str]:
        # Nothing is inherited but the path: functions run in this environment too, as bare as on Lambda.
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.state),
            "TMPDIR": str(self.state / "tmp"),
            "BIND_HOST": LOOPBACK,
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_HOST": LOOPBACK,
            "MINISTACK_REGION": REGION,
            "AUTH": "true",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self.state / "services"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.state / "s3"),
            "LAMBDA_WARM_TTL_SECONDS": str(self.warm_seconds),
        }

    def _move_to_port(self) -> None:
        """Let saved addresses of queues and functions follow when the port is another than last time."""
        remembered = self.state / "port"
        before = remembered.read_text(encoding="utf-8") if remembered.exists() else str(self.port)
        if before != str(self.port):
            for file in (self.state / "services").glob("*.json"):
                saved = file.read_text(encoding="utf-8")
                file.write_text(saved.replace(f"{LOOPBACK}:{before}", f"{LOOPBACK}:{self.port}"), encoding="utf-8")
        remembered.write_text(str(self.port), encoding="utf-8")

    def _await_answer(self) -> None:
        health, deadline = f"{self.url}/_ministack/health", time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                break
            with suppress(OSError), urllib.request.urlopen(health, timeout=5):  # noqa: S310  # http, on loopback
                return
            time.sleep(0.05)
        self.stop()
        raise EmulatorFailed(f"The local cloud did not come up; see {self.log}")


@contextmanager
def ministack() -> Iterator[str]:
    """A bare emulator on a free port, forgotten afterwards; yields its address."""
    with tempfile.TemporaryDirectory(prefix="fenjian-") as folder:
        emulator = Emulator(Path(folder), free_port(), warm_seconds=20)
        emulator.start()
        try:
            yield emulator.url
        finally:
            emulator.stop()


@cache
def client(service: str, url: str) -> Any:
    """A boto3 client of the emulator at an address, with every right."""
    return local_client(service, url)


def cloud_python() -> Path:
    """The interpreter of the environment that holds the emulator (`make .venv-cloud`)."""
    return ROOT / ".venv-cloud" / "bin" / "python"
