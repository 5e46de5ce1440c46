"""A local cloud for the tests of photos: one emulator a session, with request signatures checked."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ENVIRONMENT = {
    "STAGE": "test",
    "PHOTOS_BUCKET": "fenjian-test-photos",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "cn-north-1",
}
for name, value in ENVIRONMENT.items():
    os.environ.setdefault(name, value)
PROGRAM = Path(__file__).parent.parent / ".venv-cloud" / "bin" / "ministack"


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the emulator, which config gives to every client from now on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([PROGRAM], env=_environment(port), cwd=tmp_path_factory.mktemp("emulator"))
    _wait_for(url, process)
    os.environ["AWS_ENDPOINT_URL"] = url
    yield url
    process.terminate()
    process.wait(timeout=30)


def _environment(port: int) -> dict[str, str]:
    switches = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0"}
    return {"PATH": os.environ["PATH"], "AUTH": "true", "LOG_LEVEL": "WARNING", **switches}


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            requests.get(f"{url}/_ministack/health", timeout=1)
            return
        except requests.RequestException:
            time.sleep(0.1)
    raise RuntimeError("the emulator did not start")


@pytest.fixture
def bucket(emulator: str) -> Iterator["S3Client"]:
    """The photos bucket, empty; the client looks into it behind the product's back."""
    from chalicelib.config import settings
    from chalicelib.gateways import files

    client, name = files.client(), settings().photos_bucket
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "cn-north-1"})
    yield client
    for item in client.list_objects_v2(Bucket=name).get("Contents", []):
        client.delete_object(Bucket=name, Key=item["Key"])
    client.delete_bucket(Bucket=name)


@pytest.fixture
def photos_table(emulator: str) -> Iterator[None]:
    """The photos table, empty."""
    from chalicelib.store.photos import PhotoItem

    PhotoItem.create_table(wait=True, billing_mode="PAY_PER_REQUEST")
    yield
    PhotoItem.delete_table()
