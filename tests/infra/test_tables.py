"""Tables are what the store modules say they are, and keep what they hold."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
from pynamodb.models import Model

import chalicelib.store
from infra.fragments import load
from infra.tables import definition

type OfType = Callable[[str], dict[str, dict[str, Any]]]

TABLES = {name: definition(resource, "test") for name, resource in load("tables")["Resources"].items()}
EXPIRING = {
    "AccessTable",
    "ApplicationsTable",
    "AwardsTable",
    "CodesTable",
    "DeliveriesTable",
    "DraftsTable",
    "ExportsTable",
    "FindingsTable",
    "HandoutsTable",
    "IdempotencyTable",
    "InboxTable",
    "KeysTable",
    "MarksTable",
    "PlacesTable",
    "PushesTable",
    "QuotasTable",
    "RedemptionsTable",
    "RostersTable",
    "SessionsTable",
    "SlotsTable",
    "TeamsTable",
    "TracesTable",
}


def models() -> list[type[Model]]:
    """Every model of the store."""
    found = set()
    for module in pkgutil.walk_packages(chalicelib.store.__path__, "chalicelib.store."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(kind, Model) and hasattr(kind, "Meta") and hasattr(kind.Meta, "table_name"):
                found.add(kind)
    return sorted(found, key=lambda kind: kind.__name__)


def keys(schema: Any) -> list[tuple[str, str]]:
    """(attribute, HASH or RANGE), whatever the order they are written in."""
    return sorted((key["AttributeName"], key["KeyType"]) for key in schema)


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_a_model_finds_the_table_it_describes(model: type[Model]) -> None:
    schema = model._get_schema()  # what the model itself would create
    table = next(one for one in TABLES.values() if one["TableName"] == model.Meta.table_name)
    assert keys(table["KeySchema"]) == keys(schema["key_schema"])
    theirs = {index["IndexName"]: index for index in table.get("GlobalSecondaryIndexes", [])}
    for index in schema["global_secondary_indexes"]:
        found = theirs[index["index_name"]]
        assert keys(found["KeySchema"]) == keys(index["key_schema"])
        assert found["Projection"] == index["projection"]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_on_demand_encrypted_recoverable_and_outlives_its_stack(
    of_type: OfType, resources: dict[str, dict[str, Any]], name: str
) -> None:
    table = of_type("DynamoDB::Table")[name]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["SSESpecification"]["SSEEnabled"] is True
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert resources[name]["UpdateReplacePolicy"] == "Retain"
    assert resources[name]["DeletionPolicy"] == "RetainExceptOnCreate"


def test_only_what_may_be_forgotten_expires(of_type: OfType) -> None:
    expiring = {name for name, table in of_type("DynamoDB::Table").items() if "TimeToLiveSpecification" in table}
    assert expiring == EXPIRING


def test_only_history_has_a_stream(of_type: OfType) -> None:
    streams = {
        name: table["StreamSpecification"]
        for name, table in of_type("DynamoDB::Table").items()
        if "StreamSpecification" in table
    }
    assert streams == {"HistoryTable": {"StreamViewType": "NEW_IMAGE"}}
