"""Chalice's template and ours become one, with Chalice's own merge (`chalice package --merge-template`).

That merge joins two resources of the same logical id without a word, so what may be joined is listed here.
"""

from collections.abc import Iterator
from typing import Any

from chalice.package import TemplateDeepMerger

from infra.fragments import Clash, Template

# What Chalice declares and the fragments only complete. Everything else ends in its type and must be ours alone.
COMPLETED = frozenset(
    {
        "APIHandler",
        "Authorize",
        "BeginDay",
        "CountCells",
        "CountFigures",
        "DevelopPhotos",
        "EarnPoints",
        "CheckForFraud",
        "FollowHappenings",
        "FollowMerges",
        "LinkRecurrences",
        "FollowClosings",
        "RankBoards",
        "Notify",
        "RaiseAlarms",
        "RelayHistory",
        "RecountFigures",
        "ReplayHistory",
        "Retain",
        "SendCodes",
        "SendMessages",
        "RestAPI",
        "Sweep",
        "FireTimers",
        "WriteExports",
    }
)


def merge(ours: Template, chalice: Template) -> Template:
    """Chalice's template completed by ours. Raises Clash for an overlap that nobody meant."""
    check_overlap(ours, chalice)
    merged: Template = TemplateDeepMerger().merge(ours, chalice)
    return merged


def check_overlap(ours: Template, chalice: Template) -> None:
    """Raise Clash when a logical id is shared by accident, completed in vain, or an intrinsic is laid over another."""
    shared = ours["Resources"].keys() & chalice["Resources"].keys()
    if accidents := shared - COMPLETED:
        raise Clash(f"both Chalice and infra/ define {', '.join(sorted(accidents))}: let ours end in its type")
    untyped = {name for name, resource in ours["Resources"].items() if "Type" not in resource}
    if missing := untyped - shared:
        raise Clash(f"infra/ completes what Chalice does not define: {', '.join(sorted(missing))}")
    for name in sorted(shared):
        if doubled := list(_doubled(ours["Resources"][name], chalice["Resources"][name], name)):
            raise Clash(f"an intrinsic merged over an intrinsic keeps both: {', '.join(doubled)}")


def _doubled(ours: Any, chalice: Any, path: str) -> Iterator[str]:
    if not (isinstance(ours, dict) and isinstance(chalice, dict)):
        return
    if _is_intrinsic(ours) and _is_intrinsic(chalice) and ours.keys() != chalice.keys():
        yield path
    for key in ours.keys() & chalice.keys():
        yield from _doubled(ours[key], chalice[key], f"{path}.{key}")


def _is_intrinsic(value: Template) -> bool:
    return len(value) == 1 and next(iter(value)).startswith(("Fn::", "Ref"))
