"""Calls functions of a stage by hand."""

import json
from typing import Any

from botocore.config import Config

from infra import stages

# A call lasts as long as the function may, and is not begun a second time meanwhile.
PATIENT = Config(read_timeout=900, retries={"total_max_attempts": 1})


class FunctionFailed(Exception):
    """Raised when the function fails; what it did before stays done."""


def client(stage: str) -> Any:
    """Who calls the stage's functions. Exits where the local cloud is asked for and not there."""
    return stages.client(stage, "lambda", PATIENT)


def invoke(functions: Any, name: str, event: dict[str, Any]) -> dict[str, Any]:
    """The function's answer. Raises FunctionFailed."""
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event).encode())
    payload: dict[str, Any] = json.loads(answer["Payload"].read() or b"{}")
    if "FunctionError" in answer:
        raise FunctionFailed(payload.get("errorMessage", str(payload)))
    return payload
