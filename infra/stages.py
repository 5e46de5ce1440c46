"""The stages there are, and how to reach one: an AWS account as the environment names it, or the local cloud."""

import json
import sys
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

ROOT = Path(__file__).parents[1]
STAGES = ("local", "dev", "prod")
FACTS = ROOT / ".local" / "demo.json"  # where `make run` says that the local cloud is
REGION = "us-east-1"
# What the local cloud takes for the account's root; nothing of AWS is ever called with it.
KEY = "test"


def client(stage: str, service: str, config: Config | None = None) -> Any:
    """A boto3 client of a stage, with its operator's rights. Exits where the local cloud is asked for and not there."""
    if stage != "local":
        return boto3.client(service, config=config)  # type: ignore[call-overload]  # the service is not a literal
    return local_client(service, _local_url(), config)


def local_client(service: str, url: str, config: Config | None = None) -> Any:
    """A boto3 client of the local AWS at an address, with every right, whatever the environment says."""
    session = boto3.Session(KEY, KEY, region_name=REGION)
    return session.client(service, endpoint_url=url, config=config)  # type: ignore[call-overload]  # as above


def environment(stage: str) -> dict[str, str]:
    """What the product's services read of their surroundings. Exits where the stage cannot be found."""
    if stage == "local":
        return local_environment(_local_url())
    region = boto3.session.Session().region_name or sys.exit("Name the region: AWS_DEFAULT_REGION=…")
    return {"STAGE": stage, "AWS_REGION": region, "AWS_DEFAULT_REGION": region}


def local_environment(url: str) -> dict[str, str]:
    """The same, of the local AWS at an address."""
    credentials = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": KEY}
    return {"STAGE": "local", "AWS_ENDPOINT_URL": url, "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION} | credentials


def _local_url() -> str:
    if not FACTS.exists():
        sys.exit("The local cloud is not there: start `make run` first")
    url: str = json.loads(FACTS.read_text(encoding="utf-8"))["api"]
    return url
