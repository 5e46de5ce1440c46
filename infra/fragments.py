"""The CloudFormation of this project: YAML files by meaning, read into one template without anchors or short tags."""

from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # its stubs are not among the tools, and nothing else reads YAML

HERE = Path(__file__).parent
NAMES = ("parameters", "tables", "queues", "storage", "secrets", "keys", "functions", "api", "alarms", "breakdowns")
type Template = dict[str, Any]


class Clash(Exception):
    """Raised when two sources define the same thing under one name."""


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # see the import
    """YAML with CloudFormation's short tags: `!Ref x` becomes `{"Ref": "x"}`."""


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> Template:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        return {name: value.split(".", 1) if name == "Fn::GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _intrinsic)


def load(name: str) -> Template:
    """One fragment by its name, as CloudFormation would read it; keys with a leading dot only hold anchors."""
    text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
    content: Template = yaml.load(text, Loader=_Loader)  # noqa: S506  # derived from SafeLoader
    return {section: value for section, value in content.items() if not section.startswith(".")}


def infrastructure(stage: str) -> Template:
    """All fragments as one template, its parameter `Stage` fixed to this stage. Raises Clash."""
    whole: Template = {}
    for name in NAMES:
        for section, entries in load(name).items():
            _add(entries, whole.setdefault(section, {}), name)
    whole["Parameters"]["Stage"] |= {"Default": stage, "AllowedValues": [stage]}
    return whole


def _add(entries: Template, to: Template, source: str) -> None:
    if twice := entries.keys() & to.keys():
        raise Clash(f"{source}.yaml defines again what another fragment defines: {', '.join(sorted(twice))}")
    to |= entries
