"""The deployment that the READMEs document works on a new stack."""

import re
from pathlib import Path
from typing import Any

import pytest

from chalicelib.gateways import bearer
from infra.fragments import infrastructure
from infra.stages import ROOT, STAGES

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
DEPLOY = re.compile(r"make deploy [^`\n]*")


def parameters(stage: str) -> dict[str, dict[str, Any]]:
    """What may be told the template at a deployment."""
    stated: dict[str, dict[str, Any]] = infrastructure(stage)["Parameters"]
    return stated


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
@pytest.mark.parametrize("stage", STAGES)
def test_a_deployment_as_documented_lacks_no_parameter(readme: Path, stage: str) -> None:
    commands = DEPLOY.findall(readme.read_text(encoding="utf-8"))
    assert commands
    for name, parameter in parameters(stage).items():
        assert "Default" in parameter or all(f"{name}=" in command for command in commands), name


@pytest.mark.parametrize("stage", STAGES)
def test_every_default_is_a_value_that_is_taken(stage: str) -> None:
    for name, parameter in parameters(stage).items():
        assert re.fullmatch(parameter.get("AllowedPattern", "(?s).*"), parameter["Default"]), name
        assert parameter["Default"] in parameter.get("AllowedValues", [parameter["Default"]])


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readmes_say_who_hears_the_alarms_and_name_only_parameters_there_are(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    assert any("PARAMETERS=" in command for command in DEPLOY.findall(text))
    (example,) = re.findall(r"^\[(\".+\")\]$", text, re.MULTILINE)
    named = {pair.strip().strip('"').partition("=")[0] for pair in example.split(", ")}
    assert "AlarmEmail" in named and named <= parameters("dev").keys()


def test_a_stack_without_keys_of_its_own_takes_those_of_the_table_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN_JWKS", parameters("prod")["TokenJwks"]["Default"])
    bearer._configured.cache_clear()
    assert bearer.configured("local") is None
    bearer._configured.cache_clear()
