"""`python -m infra.operate.retention --stage prod --dry-run`: tells what is kept too long, and without that, erases it.

The Lambda `retain` works through what fits into its time; here it is called until it has looked at everything.
"""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.operate import functions
from infra.operate.functions import FunctionFailed
from infra.stages import STAGES

WAYS = {
    "expires": "goes by itself when its time is over",
    "nothing": "nothing to look at yet: nothing of it is kept",
}


def retain(caller: Any, stage: str, *, dry: bool) -> list[dict[str, Any]]:
    """What was due of every kind; a dry run has no position to go on from, so it looks once. Raises FunctionFailed."""
    found: dict[str, dict[str, Any]] = {}
    whole = False
    while not whole:
        answer = functions.invoke(caller, f"fenjian-{stage}-retain", {"dry_run": dry})
        for kind in answer["kinds"]:
            found[kind["kind"]] = _sum(found.get(kind["kind"], {}), kind)
        whole = answer["whole"] or dry
    return list(found.values())


def _sum(before: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    oldest = [each["oldest"] for each in (before, more) if each.get("oldest")]
    newest = [each["newest"] for each in (before, more) if each.get("newest")]
    return more | {
        "count": before.get("count", 0) + more["count"],
        "failed": before.get("failed", 0) + more["failed"],
        "oldest": min(oldest, default=None),
        "newest": max(newest, default=None),
    }


def told(kinds: list[dict[str, Any]], *, dry: bool) -> Iterator[str]:
    """A line for every kind."""
    for kind in kinds:
        yield f"{kind['kind']:24} {WAYS.get(kind['way']) or _counted(kind, dry=dry)}"


def _counted(kind: dict[str, Any], *, dry: bool) -> str:
    if not kind["count"]:
        return "nothing is due" if kind["whole"] else "nothing is due so far; the look was cut short"
    span = f"ended between {kind['oldest'][:10]} and {kind['newest'][:10]}"
    done = "would be erased" if dry else "erased" if not kind["failed"] else f"due, {kind['failed']} of them failed"
    return f"{kind['count']} {done}, {span}" + ("" if kind["whole"] else " (so far)")


def main() -> None:
    """The command line, for any stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--dry-run", action="store_true")
    arguments = parser.parse_args()
    try:
        kinds = retain(functions.client(arguments.stage), arguments.stage, dry=arguments.dry_run)
    except (FunctionFailed, BotoCoreError, ClientError) as error:
        sys.exit(f"The erasure stopped; ask for it again, it goes on from there: {error}")
    print("\n".join(told(kinds, dry=arguments.dry_run)))


if __name__ == "__main__":
    main()
