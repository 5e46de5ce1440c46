"""Which refusals an operation can answer with: those that follow from what it takes, and those its services name."""

import inspect
import re
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from types import FunctionType, ModuleType

from chalicelib.api.http import Operation
from chalicelib.api.problems import STATUS
from chalicelib.domain import errors
from chalicelib.domain.errors import DomainError

INTERNAL = "InternalError"  # a bug: no refusal, so no class
SERVICES = "chalicelib.services"
ERRORS: dict[str, type[DomainError]] = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, DomainError) and kind is not DomainError
}


def status_of(code: str) -> int:
    """The HTTP status that goes with a code."""
    return (
        500 if code == INTERNAL else next(status for kind, status in STATUS.items() if issubclass(ERRORS[code], kind))
    )


def codes(operation: Operation) -> list[str]:
    """The codes of an operation's problems, in the order that `domain.errors` draws them."""
    found = {"TooManyRequests", "Busy"}  # API Gateway throttles, and gives up on what takes too long
    if not operation.public:
        found |= {"Unauthenticated", "Forbidden", "Invalid"}  # a malformed header is noticed everywhere
    if operation.body is not None:
        found |= {"Invalid", "TooLarge", "UnsupportedMediaType"}
    if "{" in operation.path:
        found.add("NotFound")
    found |= _of_changes(operation) | _named_by_services(operation)
    return [*(code for code in ERRORS if code in found), INTERNAL]


def reads(operation: Operation, name: str) -> bool:
    """Whether a view that changes something reads `ask.key` (Idempotency-Key) or `ask.version` (If-Match)."""
    return operation.method != "GET" and name in operation.view.__code__.co_names


def _of_changes(operation: Operation) -> set[str]:
    found = set()
    if reads(operation, "key"):
        found.add("KeyReused")
    if reads(operation, "version"):
        found.add("StaleVersion")
    if operation.method == "POST" and "{" in operation.path:
        found |= {"Conflict", "IllegalAction", "StaleVersion"}
    return found


def _named_by_services(operation: Operation) -> set[str]:
    """What the docstrings of the services that the view calls say they raise."""
    names = operation.view.__code__.co_names
    seen = [operation.view.__globals__.get(name) for name in names]
    seen += [module for name in names if name.startswith(SERVICES) for module in _imported(name, names)]
    services = [module for module in seen if isinstance(module, ModuleType) and module.__name__.startswith(SERVICES)]
    called = [getattr(module, name, None) for module in services for name in names]
    docs = [inspect.getdoc(function) or "" for function in called if isinstance(function, FunctionType)]
    return {word for doc in docs for word in re.findall(r"\w+", doc.partition("Raises")[2]) if word in ERRORS}


def _imported(package: str, names: Iterable[str]) -> list[ModuleType]:
    """The modules that a view imports from a package of services where it needs them."""
    if not hasattr(import_module(package), "__path__"):
        return []  # a name of a module, such as a type
    found = [f"{package}.{name}" for name in names if "." not in name]
    return [import_module(name) for name in found if find_spec(name)]
