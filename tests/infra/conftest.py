"""The template as packaged, and as CloudFormation sees it."""

from collections.abc import Callable
from typing import Any

import pytest

from infra.local.deploy import transform
from infra.package import Build, package

type Resources = dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def build() -> Build:
    """The packaged application."""
    return package("local")


@pytest.fixture(scope="session")
def template(build: Build) -> dict[str, Any]:
    """What CloudFormation makes of it."""
    return transform(build.template, "s3://bucket/key")


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> Resources:
    """Everything the stack holds, by logical id."""
    held: Resources = template["Resources"]
    return held


@pytest.fixture(scope="session")
def of_type(resources: Resources) -> Callable[[str], Resources]:
    """The properties of all resources of a type, by logical id."""

    def select(kind: str) -> Resources:
        return {name: one["Properties"] for name, one in resources.items() if one["Type"] == f"AWS::{kind}"}

    return select
