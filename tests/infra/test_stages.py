"""A stage is reached where it is: on AWS as the environment says, or where `make run` says that it runs."""

import subprocess
import sys
from pathlib import Path

import pytest

from infra import stages

URL = "http://127.0.0.1:9"
OPERATED = sorted(path.stem for path in (stages.ROOT / "infra" / "operate").glob("*.py"))


@pytest.fixture(autouse=True)
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the local cloud would say that it is; so far it says nothing."""
    monkeypatch.setattr(stages, "FACTS", tmp_path / "demo.json")
    return stages.FACTS


def test_the_local_cloud_is_found_where_it_says_and_called_with_no_key_of_aws(facts: Path) -> None:
    facts.write_text(f'{{"api": "{URL}"}}', encoding="utf-8")
    assert stages.client("local", "dynamodb").meta.endpoint_url == URL
    assert stages.environment("local") == stages.local_environment(URL)
    assert stages.local_environment(URL)["AWS_ACCESS_KEY_ID"] == stages.KEY


def test_a_local_cloud_that_is_not_there_is_said_so() -> None:
    for ask in (lambda: stages.client("local", "dynamodb"), lambda: stages.environment("local")):
        with pytest.raises(SystemExit, match="make run"):
            ask()


def test_a_stage_on_aws_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "cn-north-1")
    assert stages.client("prod", "dynamodb").meta.region_name == "cn-north-1"
    assert stages.environment("prod") == {
        "STAGE": "prod",
        "AWS_REGION": "cn-north-1",
        "AWS_DEFAULT_REGION": "cn-north-1",
    }


def test_without_a_region_one_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(SystemExit, match="region"):
        stages.environment("dev")


def test_operating_a_stage_needs_nothing_of_the_local_cloud() -> None:
    imports = "; ".join(f"import infra.operate.{name}" for name in OPERATED if name != "__init__")
    program = f"{imports}; import sys; sys.exit(', '.join(name for name in sys.modules if 'infra.local' in name) or 0)"
    done = subprocess.run([sys.executable, "-c", program], cwd=stages.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
