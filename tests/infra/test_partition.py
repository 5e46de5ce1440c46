"""The template serves `aws` and `aws-cn` alike."""

import json
import re
from typing import Any


def test_no_arn_and_no_address_names_a_partition(template: dict[str, Any]) -> None:
    text = json.dumps(template)
    assert not re.search(r"arn:aws", text)
    assert "amazonaws.com.cn" not in text
    assert set(re.findall(r"[a-z0-9.-]+\.amazonaws\.com", text)) <= {
        "apigateway.amazonaws.com",
        "events.amazonaws.com",
        "lambda.amazonaws.com",
        "s3.amazonaws.com",
    }  # service principals, the same in both


def test_no_region_is_named(template: dict[str, Any]) -> None:
    assert not re.search(r"\b(cn|us|eu|ap)-[a-z]+-\d\b", json.dumps(template))
