"""What AWS takes of one stack and one API; beyond it nothing is deployed.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
"""

import json
from itertools import accumulate
from typing import Any

from infra.package import Build

MOST_BYTES, MOST_RESOURCES, MOST_PATHS = 1_000_000, 500, 300
ADDED_BY_PACKAGING = 10_000  # the code's address in each function


def test_the_template_is_taken_as_it_is_sent_and_as_it_is_expanded(build: Build, template: dict[str, Any]) -> None:
    assert build.template.stat().st_size + ADDED_BY_PACKAGING <= MOST_BYTES
    assert len(json.dumps(template, separators=(",", ":")).encode()) <= MOST_BYTES
    assert len(template["Resources"]) <= MOST_RESOURCES


def test_the_api_has_no_more_parts_of_paths_than_a_new_account_takes(resources: dict[str, dict[str, Any]]) -> None:
    paths = resources["RestAPI"]["Properties"]["Body"]["paths"]
    parts = {part for path in paths for part in accumulate(path.strip("/").split("/"), "{}/{}".format)}
    assert len(parts) + 1 <= MOST_PATHS
