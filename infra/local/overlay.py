"""What differs from the packaged template on this machine: two things said otherwise, and fewer batches at once.

AWS takes binary types and gateway responses from the API's definition; ministack 1.5.33 takes them only from
properties and resources. And where AWS starts a process for each batch, a laptop would start dozens of them at the
same moment and answer nobody meanwhile. Nothing else is touched.
"""

from typing import Any

type Template = dict[str, Any]

BINARY_TYPES = "x-amazon-apigateway-binary-media-types"
GATEWAY_RESPONSES = "x-amazon-apigateway-gateway-responses"
AT_ONCE = 2  # the least that AWS knows, and enough for two batches to meet


def overlay(template: Template) -> Template:
    """The transformed template, completed for the emulator. The argument is left as it was."""
    api = template["Resources"]["RestAPI"]
    definition = api["Properties"]["Body"]
    answers = {
        f"{_camel(kind)}GatewayResponse": _answer(kind, said)
        for kind, said in definition.get(GATEWAY_RESPONSES, {}).items()
    }
    properties = api["Properties"] | {"BinaryMediaTypes": definition.get(BINARY_TYPES, [])}
    resources = {
        name: _few_at_once(_after(resource, list(answers))) for name, resource in template["Resources"].items()
    }
    return template | {"Resources": resources | {"RestAPI": api | {"Properties": properties}} | answers}


def _answer(kind: str, said: Template) -> Template:
    properties = {
        "RestApiId": {"Ref": "RestAPI"},
        "ResponseType": kind,
        "ResponseParameters": said["responseParameters"],
        "ResponseTemplates": said["responseTemplates"],
    }
    if "statusCode" in said:
        properties["StatusCode"] = said["statusCode"]
    return {"Type": "AWS::ApiGateway::GatewayResponse", "Properties": properties}


def _after(resource: Template, answers: list[str]) -> Template:
    """A deployment takes up the responses that exist when it is made."""
    return resource | {"DependsOn": answers} if resource["Type"] == "AWS::ApiGateway::Deployment" else resource


def _few_at_once(resource: Template) -> Template:
    properties = resource.get("Properties", {})
    if resource["Type"] != "AWS::Lambda::EventSourceMapping" or "ScalingConfig" not in properties:
        return resource
    return resource | {"Properties": properties | {"ScalingConfig": {"MaximumConcurrency": AT_ONCE}}}


def _camel(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.split("_"))
