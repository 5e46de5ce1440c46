"""Which rules the code raises, under which public codes: read off its syntax trees."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import chalicelib
from chalicelib.api.problems import code_of
from chalicelib.domain.errors import DomainError
from infra.fragments import load

RULES = Path(chalicelib.__file__).parent / "data" / "docs" / "rules.csv"
SOURCES = sorted(Path(chalicelib.__file__).parent.rglob("*.py"))


@cache
def classes() -> dict[str, type[DomainError]]:
    """Every class of refusal there is, by its name."""
    for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        importlib.import_module(module.name)
    found, waiting = {}, [DomainError]
    while waiting:
        kind = waiting.pop()
        found[kind.__name__] = kind
        waiting += kind.__subclasses__()
    return found


@cache
def raised() -> list[tuple[str, str, frozenset[str]]]:
    """Code, rule and the names of the facts given, for every place that makes a refusal."""
    return [found for path in SOURCES for found in _made_in(ast.parse(path.read_text(encoding="utf-8")))]


def _made_in(tree: ast.AST) -> Iterator[tuple[str, str, frozenset[str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in classes() and node.args:
            code = code_of(classes()[node.func.id]("")).__name__
            facts = frozenset(keyword.arg or "*" for keyword in node.keywords)
            yield from ((code, rule, facts) for rule in _constants(node.args[0]))


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*_constants(node.body), *_constants(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


@cache
def mentioned() -> frozenset[str]:
    """Every string constant of the code, and every rule that API Gateway answers with."""
    trees = [ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]
    constants = {node.value for tree in trees for node in tree if isinstance(node, ast.Constant)}
    return frozenset(each for each in constants if isinstance(each, str)) | frozenset(gateway())


@cache
def gateway() -> dict[str, str]:
    """The rules that API Gateway answers with, and their code."""
    bodies = re.findall(r'"code":"(\w+)","rule":"(\w+)"', re.sub(r",\s+", ",", str(load("api"))))
    return {rule: code for code, rule in bodies}


def by_code() -> list[tuple[str, str]]:
    """Every rule under each code it comes with, as the documentation lists them."""
    return sorted({(code, rule) for code, rule, _ in raised()} | {(code, rule) for rule, code in gateway().items()})


def blanks(sentence: str) -> frozenset[str]:
    """The names of a sentence's blanks."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


if __name__ == "__main__":
    RULES.write_text("".join(f"{code},{rule}\n" for code, rule in [("code", "rule"), *by_code()]), encoding="utf-8")
