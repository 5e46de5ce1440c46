"""Where it is measured: this machine, a local DynamoDB with the tables of `infra/`, the reference data as shipped."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from infra.local.dynamodb import dynamodb_local, is_available
from infra.local.emulator import ministack
from infra.stages import KEY, REGION, ROOT
from infra.tables import create_tables

STAGE = "bench"
DATA = ROOT / "chalicelib" / "data"
BYTECODE = ROOT / ".local" / "bench-bytecode"


@contextmanager
def store() -> Iterator[str]:
    """A local DynamoDB, seeded, as the environment's AWS from now on; yields its name."""
    name = "Amazon's DynamoDB Local" if is_available() else "ministack (no Java or npm here)"
    with dynamodb_local() if is_available() else ministack() as url:
        create_tables(url, STAGE)
        os.environ |= environment(url)
        _publish()
        yield name


def environment(url: str) -> dict[str, str]:
    """What the processes of both sides run in. Both have their bytecode ready, as Lambda's runtime has its own."""
    return {
        "STAGE": STAGE,
        "AWS_ENDPOINT_URL": url,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": KEY,
        "AWS_EC2_METADATA_DISABLED": "true",
        "PHOTOS_BUCKET": "fenjian-bench-photos",
        "EXPORTS_BUCKET": "fenjian-bench-exports",
        "TOKEN_ISSUER": "fenjian-bench",
        "TOKEN_JWKS": '{"keys": []}',
        "PYTHONPYCACHEPREFIX": str(BYTECODE),
        "PYTHONDONTWRITEBYTECODE": "",
    }


def _publish() -> None:
    from chalicelib.services.reference import area_editions
    from chalicelib.services.reference import tables as reference

    start = datetime(2026, 1, 1, tzinfo=UTC)
    for name in reference.READERS:
        reference.publish(name, (DATA / f"{name}.csv").read_bytes(), base=None, by="bench", now=start)
    area_editions.publish((DATA / "areas.geojson").read_bytes(), base=None, by="bench", now=start)


def machine() -> str:
    """CPU model, cores, operating system and Python."""
    return f"{_cpu()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, {_python()}"


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or "unknown CPU"


def _python() -> str:
    return f"{platform.python_implementation()} {platform.python_version()}"
