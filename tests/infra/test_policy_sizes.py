"""IAM takes no more than 10,240 characters of a role's own policies, and 6,144 of one that is attached to it, blanks
not counted: else nothing is deployed."""

import json
import re
from typing import Any

import pytest

from tests.infra.conftest import Resources
from tests.infra.test_functions import FUNCTIONS
from tests.infra.test_policies import OfType, attached, own_policies

MOST, MOST_ATTACHED = 10_240, 6_144
LONGEST = {"AWS::Partition": "aws-cn", "AWS::Region": "cn-northwest-1", "AWS::AccountId": "0" * 12, "Stage": "prod"}
ARN = "arn:aws-cn:dynamodb:cn-northwest-1:000000000000:table/"
OTHERS = "arn:aws-cn:secretsmanager:cn-northwest-1:000000000000:secret:fenjian-prod-token-keys-000000"  # the longest
BLANK = re.compile(r"\$\{([^}]+)\}")


def written_out(value: Any, resources: Resources) -> Any:
    """As IAM reads it: every name in full, each as long as it gets."""
    if isinstance(value, list):
        return [written_out(one, resources) for one in value]
    if not isinstance(value, dict):
        return value
    if "Fn::GetAtt" in value:
        return arn(value["Fn::GetAtt"][0], resources)
    if "Ref" in value:
        return "x" * 40
    if "Fn::Sub" in value:
        return BLANK.sub(
            lambda blank: LONGEST.get(blank[1]) or arn(blank[1].partition(".")[0], resources), value["Fn::Sub"]
        )
    return {key: written_out(one, resources) for key, one in value.items()}


def filled(name: str, resources: Resources) -> str:
    return LONGEST.get(name) or arn(name.partition(".")[0], resources)


def arn(name: str, resources: Resources) -> str:
    table = resources.get(name, {})
    if table.get("Type") != "AWS::DynamoDB::Table":
        return OTHERS
    return ARN + str(written_out(table["Properties"]["TableName"], resources))


def size(statements: list[Any], resources: Resources) -> int:
    text = json.dumps(written_out(statements, resources), separators=(",", ":"))
    return len(text) + len('{"Version":"2012-10-17","Statement":}')


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_rights_fit_into_its_role(function: str, of_type: OfType, resources: Resources) -> None:
    assert sum(size(policy, resources) for policy in own_policies(of_type, function)) <= MOST
    assert all(size(policy, resources) <= MOST_ATTACHED for policy in attached(of_type, function))
