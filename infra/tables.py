"""Creates the tables of infra/tables.yaml on any endpoint, so that tests and what is deployed cannot drift apart."""

import copy
from contextlib import suppress
from typing import Any

from infra.fragments import Template, load
from infra.stages import local_client

# What CreateTable itself takes; the rest of a CloudFormation table is set by other calls that emulators may not know.
CREATE = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")


def create_tables(endpoint_url: str, stage: str) -> list[str]:
    """Create every table of a stage where there is none, without waiting for more than its creation; their names."""
    client = local_client("dynamodb", endpoint_url)
    wanted = [definition(table, stage) for table in load("tables")["Resources"].values()]
    for table in wanted:
        with suppress(client.exceptions.ResourceInUseException):  # it is there
            client.create_table(**table)
    return [table["TableName"] for table in wanted]


def definition(resource: Template, stage: str) -> dict[str, Any]:
    """The CreateTable request for a table resource."""
    properties = resource["Properties"]
    request = {name: copy.deepcopy(properties[name]) for name in CREATE if name in properties}
    request["TableName"] = properties["TableName"]["Fn::Sub"].replace("${Stage}", stage)
    if "StreamSpecification" in properties:
        request["StreamSpecification"] = {"StreamEnabled": True, **properties["StreamSpecification"]}
    return request
