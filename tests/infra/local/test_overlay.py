"""What the emulator does not read in the definition of an API, it finds beside it."""

from typing import Any

from infra.local.overlay import overlay

RESPONSES = {"ACCESS_DENIED": {"statusCode": "401", "responseParameters": {"h": "'v'"}, "responseTemplates": {}}}
TEMPLATE: dict[str, Any] = {
    "Resources": {
        "RestAPI": {
            "Type": "AWS::ApiGateway::RestApi",
            "Properties": {
                "Body": {
                    "x-amazon-apigateway-binary-media-types": ["image/webp"],
                    "x-amazon-apigateway-gateway-responses": RESPONSES,
                }
            },
        },
        "Mapping": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {"BatchSize": 10, "ScalingConfig": {"MaximumConcurrency": 16}},
        },
        "StreamMapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {"BatchSize": 100}},
        "RestAPIDeployment1": {"Type": "AWS::ApiGateway::Deployment", "Properties": {}},
    }
}


def test_binary_types_become_a_property() -> None:
    assert overlay(TEMPLATE)["Resources"]["RestAPI"]["Properties"]["BinaryMediaTypes"] == ["image/webp"]


def test_gateway_responses_become_resources_that_exist_before_the_deployment() -> None:
    resources = overlay(TEMPLATE)["Resources"]
    assert resources["AccessDeniedGatewayResponse"]["Properties"] == {
        "RestApiId": {"Ref": "RestAPI"},
        "ResponseType": "ACCESS_DENIED",
        "StatusCode": "401",
        "ResponseParameters": {"h": "'v'"},
        "ResponseTemplates": {},
    }
    assert resources["RestAPIDeployment1"]["DependsOn"] == ["AccessDeniedGatewayResponse"]


def test_a_queue_is_worked_on_by_few_at_once() -> None:
    resources = overlay(TEMPLATE)["Resources"]
    assert resources["Mapping"]["Properties"] == {"BatchSize": 10, "ScalingConfig": {"MaximumConcurrency": 2}}
    assert resources["StreamMapping"] == TEMPLATE["Resources"]["StreamMapping"]


def test_nothing_else_changes() -> None:
    before, after = TEMPLATE["Resources"], overlay(TEMPLATE)["Resources"]
    assert after.keys() - before.keys() == {"AccessDeniedGatewayResponse"}
    assert after["RestAPI"]["Properties"]["Body"] == before["RestAPI"]["Properties"]["Body"]
