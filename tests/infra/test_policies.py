"""Each function may do what it needs and nothing else."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.infra.test_functions import FUNCTIONS
from tests.infra.touches import TOUCHES

type OfType = Callable[[str], dict[str, dict[str, Any]]]
type Statement = dict[str, Any]

# Where a name cannot be known: log streams in the function's log, streams of the history table, keys under a prefix.
OPEN_ENDS = (
    ":*",
    "/stream/*",
    "/incoming/*",
    "/original/*",
    "/shown/*",
    "/public/*",
    "/exports/*",
    "/kept/*",
    "/prize-*",
)


# What a function may touch, by the tables, queues and prefixes its policy names.
def statements(of_type: OfType, function: str) -> list[Statement]:
    """All that the function's role may do."""
    return [
        statement for policy in (*own_policies(of_type, function), *attached(of_type, function)) for statement in policy
    ]


def own_policies(of_type: OfType, function: str) -> list[list[Statement]]:
    """The statements of each policy that is written into the function's role."""
    role = of_type("IAM::Role")[role_of(of_type, function)]
    assert "ManagedPolicyArns" not in role
    return [policy["PolicyDocument"]["Statement"] for policy in role["Policies"]]


def attached(of_type: OfType, function: str) -> list[list[Statement]]:
    """The statements of each policy that is attached to it."""
    role = {"Ref": role_of(of_type, function)}
    policies = of_type("IAM::ManagedPolicy").values()
    return [policy["PolicyDocument"]["Statement"] for policy in policies if role in policy["Roles"]]


def role_of(of_type: OfType, function: str) -> str:
    """The logical id of the function's role."""
    role: str = of_type("Lambda::Function")[function]["Role"]["Fn::GetAtt"][0]
    return role


def each(value: Any) -> list[Any]:
    """One or many, as IAM allows."""
    return value if isinstance(value, list) else [value]


def named(resource: Any) -> str:
    """The text of a resource: what `Fn::Sub` or `Fn::GetAtt` names."""
    assert isinstance(resource, dict), f"{resource} is not named through the template"
    (value,) = resource.values()
    return ".".join(value) if isinstance(value, list) else str(value)


def grants(of_type: OfType, function: str) -> Iterator[tuple[str, str]]:
    """Every (action, resource) a function is allowed."""
    for statement in statements(of_type, function):
        assert statement["Effect"] == "Allow"
        for action in each(statement["Action"]):
            for resource in each(statement["Resource"]):
                yield action, named(resource)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_action_and_no_resource_is_a_wildcard(of_type: OfType, function: str) -> None:
    for action, resource in grants(of_type, function):
        assert "*" not in action
        assert "*" not in resource or resource.endswith(OPEN_ENDS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_does_to_each_thing_what_is_listed_here(of_type: OfType, function: str) -> None:
    touched: dict[str, set[str]] = {}
    for action, resource in grants(of_type, function):
        service, _, verb = action.partition(":")
        if service != "logs":
            touched.setdefault(resource.removeprefix("${").split(".", 1)[0], set()).add(verb)
    assert {name: " ".join(sorted(verbs)) for name, verbs in touched.items()} == TOUCHES[function]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_writes_no_log_but_its_own(of_type: OfType, function: str) -> None:
    logs = [resource for action, resource in grants(of_type, function) if action.startswith("logs:")]
    assert logs
    assert all(resource.endswith(f"/aws/lambda/fenjian-${{Stage}}-{FUNCTIONS[function][0]}:*") for resource in logs)


def test_the_authorizer_reads_and_writes_nothing_but_when_somebody_was_active(of_type: OfType) -> None:
    done = [one for one in statements(of_type, "Authorize") if not each(one["Action"])[0].startswith("logs:")]
    (writing,) = (one for one in done if not set(each(one["Action"])) <= {"dynamodb:GetItem", "dynamodb:BatchGetItem"})
    assert writing["Action"] == ["dynamodb:UpdateItem"]
    assert writing["Condition"] == {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["id", "part", "active_at"]}}


def test_who_signs_tokens_reads_private_keys_and_nobody_else(of_type: OfType) -> None:
    touching = {f for f in FUNCTIONS for _, resource in grants(of_type, f) if resource.startswith("SigningKeysSecret")}
    assert touching == {"APIHandler"}


def test_no_function_writes_a_public_key(of_type: OfType) -> None:
    done = {(f, action) for f in FUNCTIONS for action, resource in grants(of_type, f) if resource == "KeysTable.Arn"}
    assert done == {("Authorize", "dynamodb:GetItem")}


def test_nobody_changes_or_deletes_history_but_retention_takes_its_words(of_type: OfType) -> None:
    changes = {"dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"}
    done = {(f, act) for f in FUNCTIONS for act, resource in grants(of_type, f) if resource == "HistoryTable.Arn"}
    assert {(f, act) for f, act in done if act in changes} == {("Retain", "dynamodb:UpdateItem")}


def test_originals_are_read_by_the_photo_worker_alone(of_type: OfType) -> None:
    done = {(f, act) for f in FUNCTIONS for act, resource in grants(of_type, f) if resource.endswith("/original/*")}
    assert {f for f, act in done if act != "s3:DeleteObject"} == {"DevelopPhotos"}
    assert {f for f, _ in done} == {"DevelopPhotos", "Retain"}


def test_nobody_scans(of_type: OfType) -> None:
    assert all(action != "dynamodb:Scan" for function in FUNCTIONS for action, _ in grants(of_type, function))


def test_every_stage_gives_the_same_rights_and_sizes(request: pytest.FixtureRequest) -> None:
    config = json.loads((request.config.rootpath / ".chalice" / "config.json").read_text(encoding="utf-8"))
    assert config["stages"].keys() == {"local", "dev", "prod"}
    assert config["autogen_policy"] is False
    assert len(config["lambda_functions"]) == len(FUNCTIONS)
    for name, stage in config["stages"].items():
        assert stage == {"environment_variables": {"STAGE": name}}
