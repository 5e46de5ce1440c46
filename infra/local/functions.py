"""Calls functions of a stage by hand: of the local cloud where `make run` says that it is, or of an AWS account."""

import json
import sys
from typing import Any

import boto3
from botocore.config import Config

from infra.local.emulator import ROOT, session

FACTS = ROOT / ".local" / "demo.json"
# A call lasts as long as the function may, and is not begun a second time meanwhile.
PATIENT = Config(read_timeout=900, retries={"total_max_attempts": 1})


class FunctionFailed(Exception):
    """Raised when the function fails; what it did before stays done."""


def client(stage: str) -> Any:
    """Who calls the stage's functions. Exits where the local cloud is asked for and not there."""
    if stage != "local":
        return boto3.client("lambda", config=PATIENT)
    if not FACTS.exists():
        sys.exit("The local cloud is not there: start `make run` first")
    return session().client("lambda", endpoint_url=json.loads(FACTS.read_text(encoding="utf-8"))["api"], config=PATIENT)


def invoke(functions: Any, name: str, event: dict[str, Any]) -> dict[str, Any]:
    """The function's answer. Raises FunctionFailed."""
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event).encode())
    payload: dict[str, Any] = json.loads(answer["Payload"].read() or b"{}")
    if "FunctionError" in answer:
        raise FunctionFailed(payload.get("errorMessage", str(payload)))
    return payload
