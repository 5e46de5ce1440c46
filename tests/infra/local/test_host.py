"""Wheels are swapped where Lambda's cannot run, and only there."""

import pytest

from infra.local.host import needs_host_wheels


@pytest.mark.parametrize(
    ("system", "machine", "needed"),
    [
        ("Linux", "x86_64", False),
        ("Linux", "aarch64", True),
        ("Darwin", "arm64", True),
        ("Darwin", "x86_64", True),
    ],
)
def test_only_linux_on_x86_64_runs_lambdas_wheels(system: str, machine: str, needed: bool) -> None:
    assert needs_host_wheels(system, machine) is needed
