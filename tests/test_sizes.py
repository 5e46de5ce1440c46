"""A function of more than 30 lines, or a file of more than 250, holds two things: it is split by meaning."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FUNCTION, FILE = 30, 250  # lines; a function's from `def` to its last one, with its docstring, without decorators
FOLDERS = ("chalicelib", "infra", "demo", "tests")


def too_long(path: Path) -> Iterator[str]:
    """What is too long in a file: the file itself, and its functions."""
    text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT)
    if (lines := len(text.splitlines())) > FILE:
        yield f"{name}: {lines} lines"
    functions = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    sizes = [(one.name, (one.end_lineno or one.lineno) - one.lineno + 1) for one in functions]
    yield from (f"{name}: {function}: {lines} lines" for function, lines in sizes if lines > FUNCTION)


def test_no_function_and_no_file_is_too_long() -> None:
    files = [ROOT / "app.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
    assert [found for path in files for found in too_long(path)] == []
