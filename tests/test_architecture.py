"""ARCHITECTURE.md names every table, function and package that there is."""

import ast
import re
from pathlib import Path

from infra.fragments import load

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def chapter(title: str) -> str:
    """What stands under a heading."""
    return TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_every_table_is_described_and_no_other() -> None:
    rows = re.findall(r"^\| ([a-z, ]+) \|", chapter("Tables"), re.MULTILINE)
    described = {name for row in rows for name in row.split(", ")} - {"table"}
    tables = [resource["Properties"]["TableName"]["Fn::Sub"] for resource in load("tables")["Resources"].values()]
    assert described == {name.removeprefix("fenjian-${Stage}-") for name in tables}


def test_every_function_is_drawn() -> None:
    page = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    functions = {node.name for node in page.body if isinstance(node, ast.FunctionDef)}
    assert functions and functions - set(re.findall(r"\w+", chapter("What follows from it"))) == set()


def test_every_package_stands_in_the_tree() -> None:
    folders = {path.parent.name for path in (ROOT / "chalicelib").rglob("__init__.py")}
    assert folders - set(re.findall(r"(\w+)/", chapter("The house"))) == set()
