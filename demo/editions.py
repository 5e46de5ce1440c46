"""Limits and alarms in minutes for as long as the day is played; what was in force before is put back at its end."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from demo.client import Json, Person, Refused, patiently
from demo.stage import Stage

CLASS = "L"  # whose limits the demo shortens: it carries what nobody touches, and what nobody signs
VERIFY, SIGN, ALARM = timedelta(seconds=60), timedelta(seconds=30), timedelta(seconds=12)
CLOCK = "N24"  # so that the day may be played at any hour
KNOWN = timedelta(seconds=61)  # every process of the product has heard of a new edition by then
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

# What the demo changes: of which table, in the row that begins with what, which cells.
CHANGES: dict[str, tuple[str, dict[str, str]]] = {
    "limits": (CLASS, {"clock": CLOCK, "verify_h": f"{VERIFY / HOUR:.5f}", "accept_h": f"{SIGN / HOUR:.5f}"}),
    "numbers": ("alarm_minutes", {"value": f"{ALARM / MINUTE:.2f}"}),
    "closing": ("0302", {"blind_percent": "100"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A reference table on loan: as it was, and the version of the demo's own edition."""

    name: str
    before: bytes
    version: int


@contextmanager
def in_minutes(stage: Stage) -> Iterator[datetime]:
    """The demo's editions are in force meanwhile; those of before come back whatever happens.

    Yields when every process of the product goes by them. Raises Refused, Surprise.
    """
    lent: list[Table] = []
    try:
        for name in CHANGES:
            lent += patiently(f"the edition of {name}", partial(_lent, stage, name), bool)
        yield datetime.now(UTC) + KNOWN
    finally:
        for table in lent:
            _put_back(stage, table)


def await_known(known_at: datetime) -> None:
    """Return when every process of the product goes by the demo's editions."""
    patiently("the editions", lambda: datetime.now(UTC), lambda now: now >= known_at)


def _lent(stage: Stage, name: str) -> list[Table]:
    """Publish the demo's edition; nothing where the one that was read is not in force any more."""
    admin, kept = stage.cast["admin"], _kept(stage, name)
    answer = admin.ask("GET", f"/reference/{name}")
    before = answer.content
    if kept.exists() and shortened(name, kept.read_bytes()) == before:
        before = kept.read_bytes()  # the last run was killed before it could put this back
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(before)
    version = _published(admin, name, shortened(name, before), answer.headers["ETag"])
    return [Table(name=name, before=before, version=version)] if version else []


def _put_back(stage: Stage, table: Table) -> None:
    """The edition of before, unless somebody has published one since: that stays."""
    _published(stage.cast["admin"], table.name, table.before, f'"{table.version}"')
    _kept(stage, table.name).unlink(missing_ok=True)


def _published(admin: Person, name: str, body: bytes, held: str) -> int | None:
    """The new version; None where `held` (an ETag) is not in force any more."""
    headers = {"Content-Type": "text/csv", "If-Match": held}
    try:
        made: Json = admin.ask("PUT", f"/reference/{name}", data=body, headers=headers).json()
    except Refused as refusal:
        if refusal.rule in ("stale_version", "changed_meanwhile"):
            return None
        raise
    return int(made["version"])


def _kept(stage: Stage, name: str) -> Path:
    return stage.album / "editions" / f"{name}.csv"


def shortened(name: str, body: bytes) -> bytes:
    """The table with the demo's cells in it."""
    key, cells = CHANGES[name]
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    headings = rows[0]
    for row in rows[1:]:
        if row and row[0] == key:
            row[:] = [cells.get(heading, cell) for heading, cell in zip(headings, row, strict=True)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")
