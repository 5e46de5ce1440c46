"""Fills a local cloud with what the pilot needs, through the product's own services; what is there stays as it is.

The services read their settings once per process, so seeding is a process of its own: `python -m infra.local.seed`.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime

from chalicelib.domain.people.model import Person, Post, Role
from infra.local.emulator import Emulator
from infra.local.pilot import Member, people
from infra.operate import fill
from infra.stages import ROOT, local_environment

BY = "pilot"
TRAINER = "分拣中心"
SINCE = datetime(2023, 4, 1, tzinfo=UTC)  # older than any token


def run(emulator: Emulator) -> None:
    """Seed the cloud behind this emulator. Raises CalledProcessError."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = clean | local_environment(emulator.url)
    subprocess.run([sys.executable, "-m", "infra.local.seed"], env=environment, cwd=ROOT, check=True)


def seed(now: datetime) -> None:
    """Publish the reference tables and areas that have no edition yet, enrol the members that are unknown."""
    fill.publish(now, by=BY)
    for member in people().values():
        fill.enrol(_person(member, now))


def _person(member: Member, now: datetime) -> Person:
    """The member as the centre approved him, just now."""
    is_courier = bool(member.villages)
    return Person(
        id=member.id,
        name=member.name,
        phone=member.phone,
        posts=tuple(Post(Role(role), scope) for role, scope in member.roles),
        valid_from=SINCE,
        employer=member.employer,
        villages=member.villages,
        adult=True,
        consent=1 if is_courier else None,
        trained_on=now.date() if is_courier else None,
        trained_by=TRAINER if is_courier else "",
        joined_at=now,
        approved_at=now,
        last_active_at=now,
    )


if __name__ == "__main__":
    seed(datetime.now(UTC))
