"""The Lambda `retain`, several times a night: what is kept too long is forgotten. By hand with `dry_run`: only told."""

import logging
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

from chalicelib.services import retention
from chalicelib.services.retention import Tally
from chalicelib.workers.context import Context

log = logging.getLogger(__name__)

# A page of a hundred reports takes some ten seconds; the rest is for a slow store.
RESERVE_MS = 120_000


class Request(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With `dry_run` nothing is erased."""

    dry_run: bool = False


def retain(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Answers how much of each kind was due and since when; `whole` says whether all of it was looked at."""
    request = msgspec.convert(event, Request)
    tallies = retention.run(now=datetime.now(UTC), dry=request.dry_run, may_go_on=lambda: _has_time(context))
    for tally in tallies:
        log.info("%s: %d erased, %d failed", tally.kind, tally.count - tally.failed, tally.failed)
    return _answer(tallies)


def _answer(tallies: list[Tally]) -> dict[str, Any]:
    kinds: list[dict[str, Any]] = msgspec.to_builtins(tallies)
    return {"kinds": kinds, "whole": all(tally.whole for tally in tallies)}


def _has_time(context: Context) -> bool:
    return context.get_remaining_time_in_millis() > RESERVE_MS
