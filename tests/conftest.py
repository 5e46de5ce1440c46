"""What tests stand on: a local DynamoDB, tables as `infra/` defines them, and the reference data as shipped.

Store and service tests run twice, on the embedded emulator and on Amazon's own DynamoDB Local: where they differ, the
second is the judge. It is left out, and said so, only where Java or npm is missing and nobody insists (CI does).
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

os.environ |= {
    "STAGE": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_EC2_METADATA_DISABLED": "true",
    "PHOTOS_BUCKET": "fenjian-test-photos",
    "EXPORTS_BUCKET": "fenjian-test-exports",
    "EXPORTS_QUEUE_URL": "http://127.0.0.1:9/000000000000/fenjian-test-exports",
    "TOKEN_ISSUER": "fenjian-test",
    "OIDC_ISSUER": "",
    "OIDC_AUDIENCE": "",
    "TOKEN_JWKS": '{"keys": []}',
    "SMS_URL": "",
    "PUSH_URL": "",
    "PUBLIC_URL": "https://fenjian.example.org",
}

from infra.local.dynamodb import dynamodb_local, is_available
from infra.local.emulator import ministack
from infra.tables import create_tables

DATA = Path(__file__).parent.parent / "chalicelib" / "data"
BACKENDS = ("ministack", "dynamodb_local")

# How long an example takes is the machine's affair: speed is measured by the benchmarks, never asserted by a test.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(scope="session")
def backends() -> Iterator[dict[str, str]]:
    """Addresses of the stores started so far, by name."""
    with ExitStack() as stack:
        yield _Started(stack)


class _Started(dict[str, str]):
    """Starts a store when it is first asked for, and creates the tables in it."""

    def __init__(self, stack: ExitStack) -> None:
        super().__init__()
        self.stack = stack

    def __missing__(self, name: str) -> str:
        if name == "dynamodb_local" and not is_available() and not os.environ.get("CI"):
            pytest.skip("DynamoDB Local needs Java and npm")  # CI has both: there it must not be skipped
        url = self.stack.enter_context(ministack() if name == "ministack" else dynamodb_local())
        create_tables(url, "test")
        self[name] = url
        return url


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Which store this test runs on."""
    return str(request.param)


@pytest.fixture
def tables(backend: str, backends: dict[str, str]) -> Iterator[str]:
    """Empty tables on one store; yields its address."""
    with talking_to(backends[backend]) as url:
        yield url


@contextmanager
def talking_to(url: str) -> Iterator[str]:
    """Let every client of the product talk to the store at this address; its tables are empty before and after."""
    from chalicelib.store import base
    from chalicelib.store.rankings import boards
    from chalicelib.store.reference import reference

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", url)
        base.connection.cache_clear()
        reference.forget()
        boards.forget()
        yield url
        _empty(url)
    base.connection.cache_clear()
    reference.forget()


@pytest.fixture
def bucket(backends: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator["S3Client"]:
    """The photos bucket on the emulator, empty; the client looks into it behind the product's back."""
    from chalicelib.config import settings
    from chalicelib.gateways import files

    monkeypatch.setenv("AWS_ENDPOINT_URL", backends["ministack"])
    files.client.cache_clear()
    client, name = files.client(), settings().photos_bucket
    client.create_bucket(Bucket=name)
    yield client
    for item in client.list_objects_v2(Bucket=name).get("Contents", []):
        client.delete_object(Bucket=name, Key=item["Key"])
    client.delete_bucket(Bucket=name)
    files.client.cache_clear()


@pytest.fixture
def exports_bucket(tables: str, backends: dict[str, str]) -> Iterator["S3Client"]:
    """The exports bucket on the emulator, empty, whatever store the tables are on; the client looks into it too."""
    from chalicelib.config import settings
    from chalicelib.gateways import multiparts

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", backends["ministack"])
        multiparts.client.cache_clear()
        client, name = multiparts.client(), settings().exports_bucket
        client.create_bucket(Bucket=name)
    yield client
    for item in client.list_objects_v2(Bucket=name).get("Contents", []):
        client.delete_object(Bucket=name, Key=item["Key"])
    client.delete_bucket(Bucket=name)
    multiparts.client.cache_clear()


@pytest.fixture
def rules(tables: str) -> None:
    """The reference data as shipped, in force: published once a store, then copied."""
    client = _client(tables)
    if tables not in _shipped:
        _publish()
        _shipped[tables] = client.scan(TableName=REFERENCE)["Items"]
    for item in _shipped[tables]:
        client.put_item(TableName=REFERENCE, Item=item)


REFERENCE = "fenjian-test-reference"
_shipped: dict[str, list[Any]] = {}


def _publish() -> None:
    from datetime import UTC, datetime

    from chalicelib.services.reference import area_editions
    from chalicelib.services.reference import tables as reference

    start = datetime(2026, 1, 1, tzinfo=UTC)
    for name in reference.READERS:
        reference.publish(name, (DATA / f"{name}.csv").read_bytes(), base=None, by="test", now=start)
    area_editions.publish((DATA / "areas.geojson").read_bytes(), base=None, by="test", now=start)


def _empty(url: str) -> None:
    client = _client(url)
    for name, keys in _tables(url).items():
        for page in client.get_paginator("scan").paginate(TableName=name):
            doomed = [{"DeleteRequest": {"Key": {key: item[key] for key in keys}}} for item in page["Items"]]
            for some in batched(doomed, 25, strict=False):
                client.batch_write_item(RequestItems={name: list(some)})


@cache
def _tables(url: str) -> dict[str, list[str]]:
    """Every table with the names of its keys."""
    client = _client(url)
    described = [client.describe_table(TableName=name)["Table"] for name in client.list_tables()["TableNames"]]
    return {table["TableName"]: [key["AttributeName"] for key in table["KeySchema"]] for table in described}


@cache
def _client(url: str) -> Any:
    import boto3

    return boto3.client("dynamodb", endpoint_url=url)
