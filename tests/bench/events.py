"""What API Gateway hands to the API's Lambda. Imports next to nothing: a measured process imports it too."""

import json
from itertools import count
from typing import Any

Event = dict[str, Any]

GRID = "350211102202001"
REPORT = {
    "text": "路面有个大坑，电动车容易摔倒",
    "kind": "0303",
    "location": {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84", "accuracy": 8.0},
    "photos": ["image/jpeg"],
}
VERIFICATION = {"action": "verify", "basis": "on_site", "severity": 2}
_numbers = count(1)


class Context:
    """What Lambda hands to a function beside the event, as far as Chalice looks at it."""

    function_name = "bench"
    aws_request_id = "bench"
    memory_limit_in_mb = 1024

    def get_remaining_time_in_millis(self) -> int:
        """Plenty."""
        return 29_000


def courier(run: str) -> str:
    """Another courier each time: nobody runs into the caps of a day."""
    return f"courier-{run}-{next(_numbers):06}"


def submission(courier_id: str) -> Event:
    """A courier's report: a place, a kind, a text and a photo to come, safe to repeat."""
    event = _event("POST", "/reports", REPORT, who=courier_id, posts=f"courier:{courier_id}")
    return _with_key(event, courier_id)


def verification(report_id: str) -> Event:
    """The grid member's word that it is true, safe to repeat."""
    event = _event("POST", "/reports/{report_id}/actions", VERIFICATION, who="grid_member", posts=f"grid_member:{GRID}")
    event["pathParameters"] = {"report_id": report_id}
    event["requestContext"]["path"] = f"/v1/reports/{report_id}/actions"
    return _with_key(event, report_id)


def inbox(limit: int) -> Event:
    """What waits for the grid member."""
    event = _event("GET", "/reports/inbox", None, who="grid_member", posts=f"grid_member:{GRID}")
    event["multiValueQueryStringParameters"] = {"limit": [str(limit)]}
    return event


def answered(response: dict[str, Any], status: int) -> Any:
    """The decoded body of the Lambda's answer. Raises AssertionError where it is not what a measurement needs."""
    assert response["statusCode"] == status, response
    return json.loads(response["body"])


def _event(method: str, resource: str, body: object, *, who: str, posts: str) -> Event:
    return {
        "httpMethod": method,
        "resource": resource,
        "headers": {"Content-Type": "application/json"},
        "multiValueHeaders": {"Content-Type": ["application/json"]},
        "pathParameters": None,
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "isBase64Encoded": False,
        "body": json.dumps(body, ensure_ascii=False) if body is not None else None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": method,
            "path": f"/v1{resource}",
            "stage": "v1",
            "authorizer": {"principalId": who, "posts": posts},
            "identity": {"sourceIp": "127.0.0.1"},
        },
    }


def _with_key(event: Event, key: str) -> Event:
    event["headers"]["Idempotency-Key"] = key
    event["multiValueHeaders"]["Idempotency-Key"] = [key]
    return event
