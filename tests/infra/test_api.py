"""What API Gateway answers by itself has the app's form."""

import json
from typing import Any

import pytest

from chalicelib.domain import errors

type Template = dict[str, Any]

RESPONSES = "x-amazon-apigateway-gateway-responses"
DEFAULTS = {"DEFAULT_4XX", "DEFAULT_5XX"}


@pytest.fixture(scope="module")
def responses(resources: dict[str, Template]) -> dict[str, Template]:
    """The gateway responses, by type."""
    found: dict[str, Template] = resources["RestAPI"]["Properties"]["Body"][RESPONSES]
    return found


def test_every_gateway_answer_is_a_problem_that_browsers_may_read(responses: dict[str, Template]) -> None:
    for response in responses.values():
        headers = response["responseParameters"]
        assert headers["gatewayresponse.header.Content-Type"] == "'application/problem+json'"
        assert headers["gatewayresponse.header.Access-Control-Allow-Origin"] == "'*'"


def test_every_gateway_answer_names_a_class_of_ours_and_its_own_status(responses: dict[str, Template]) -> None:
    for kind, response in responses.items():
        problem = json.loads(response["responseTemplates"]["application/json"])
        assert hasattr(errors, problem["code"]) or problem["code"] == "InternalError"
        assert {"type", "title", "rule", "detail", "detail_en", "facts"} <= problem.keys()
        assert (kind in DEFAULTS) == ("status" not in problem)
        assert str(problem.get("status", "")) == response.get("statusCode", "")


def test_all_that_is_unforeseen_has_an_answer_too(responses: dict[str, Template]) -> None:
    assert responses.keys() >= DEFAULTS


def test_there_is_one_stage_named_v1(resources: dict[str, Template]) -> None:
    stages = [one["Properties"]["StageName"] for one in resources.values() if one["Type"] == "AWS::ApiGateway::Stage"]
    deployments = [one["Properties"] for one in resources.values() if one["Type"] == "AWS::ApiGateway::Deployment"]
    assert stages == ["v1"]
    assert all("StageName" not in deployment for deployment in deployments)


def test_a_token_is_asked_again_after_a_minute(resources: dict[str, Template]) -> None:
    (scheme,) = resources["RestAPI"]["Properties"]["Body"]["securityDefinitions"].values()
    assert scheme["x-amazon-apigateway-authorizer"]["authorizerResultTtlInSeconds"] == 60
