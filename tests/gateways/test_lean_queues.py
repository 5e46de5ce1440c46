"""One message to a worker, through botocore alone."""

import json
import subprocess
import sys

import pytest

from chalicelib.domain.errors import Busy
from chalicelib.gateways import lean_queues
from infra.local.emulator import client
from infra.stages import ROOT


def test_a_message_arrives(backends: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    sqs = client("sqs", backends["ministack"])
    url = sqs.create_queue(QueueName="errands")["QueueUrl"]
    monkeypatch.setenv("AWS_ENDPOINT_URL", backends["ministack"])
    monkeypatch.setenv("EXPORTS_QUEUE_URL", url)
    lean_queues.client.cache_clear()
    lean_queues.send("exports", '{"id": "e1"}')
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert json.loads(message["Body"]) == {"id": "e1"}
    monkeypatch.setenv("EXPORTS_QUEUE_URL", f"{url}-that-is-not-there")
    with pytest.raises(Busy) as refused:
        lean_queues.send("exports", "{}")
    assert refused.value.rule == "queue_busy"
    lean_queues.client.cache_clear()


def test_the_api_pays_for_no_boto3() -> None:
    program = """
import os
os.environ |= {"STAGE": "test", "AWS_DEFAULT_REGION": "cn-north-1", "EXPORTS_QUEUE_URL": "http://127.0.0.1:9/q"}
import app, sys
from chalicelib.gateways import lean_queues
lean_queues.client()
print([name for name in sys.modules if name.split(".")[0] in ("boto3", "s3transfer")])
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
