"""No file that is exported carries anything of who is cared for: neither code nor rights lead there."""

import ast
import json
from pathlib import Path

import pytest

from chalicelib.domain.care.personal import Personal

ROOT = Path(__file__).parents[3]
WRITES = ("domain/exports", "services/exports", "store/exports", "domain/documents", "services/documents")
SOURCES = [path for folder in WRITES for path in (ROOT / "chalicelib" / folder).glob("*.py")]
OURS = ("chalicelib.domain.care", "chalicelib.services.care", "chalicelib.store.care", "chalicelib.gateways.kms")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_column_and_no_query_of_a_file_is_about_who_is_cared_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [one.module or "" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
    assert not [module for module in named if module.startswith(OURS)]
    words = {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    assert not words & ({"beneficiary", "beneficiaries", "visits"} | (set(Personal.__slots__) - OF_REPORTS))


OF_REPORTS = {"name", "phone", "lon", "lat"}  # of couriers and of places of reports


def test_who_writes_files_may_read_none_of_it() -> None:
    policy = json.loads((ROOT / ".chalice" / "policy-exports.json").read_text(encoding="utf-8"))
    assert not any(word in json.dumps(policy) for word in ("Beneficiaries", "Visits", "PersonalKey", "Certificates"))
