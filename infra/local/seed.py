"""Fills a local cloud with what the pilot needs, through the product's own services; what is there stays as it is.

The services read their settings once per process, so seeding is a process of its own: `python -m infra.local.seed`.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime

from chalicelib.domain.errors import NotFound
from infra.local.emulator import KEY, REGION, ROOT, Emulator
from infra.local.pilot import DATA, Member, people

BY = "pilot"
SINCE = datetime(2023, 4, 1, tzinfo=UTC)  # older than any token


def run(emulator: Emulator) -> None:
    """Seed the cloud behind this emulator. Raises CalledProcessError."""
    local = {"STAGE": "local", "AWS_ENDPOINT_URL": emulator.url, "AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = clean | local | {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": KEY}
    subprocess.run([sys.executable, "-m", "infra.local.seed"], env=environment, cwd=ROOT, check=True)


def seed(now: datetime) -> None:
    """Publish the reference tables and areas that have no edition yet, enrol the members that are unknown."""
    _publish_tables(now)
    _publish_areas(now)
    for member in people().values():
        _enrol(member)


def _publish_tables(now: datetime) -> None:
    from chalicelib.services import reference

    for name in reference.READERS:
        try:
            reference.read(name, now=now)
        except NotFound:
            reference.publish(name, (DATA / f"{name}.csv").read_bytes(), base=None, by=BY, now=now)


def _publish_areas(now: datetime) -> None:
    from chalicelib.services import areas

    try:
        areas.listing(now=now)
    except NotFound:
        areas.publish((DATA / "areas.geojson").read_bytes(), base=None, by=BY, now=now)


def _enrol(member: Member) -> None:
    from chalicelib.domain.people import Person, Post, Role
    from chalicelib.services import people as services

    person = Person(
        id=member.id,
        name=member.name,
        phone=member.phone,
        posts=tuple(Post(Role(role), scope) for role, scope in member.roles),
        valid_from=SINCE,
        employer=member.employer,
        villages=member.villages,
    )
    try:
        services.profile(person.actor)
    except NotFound:
        services.enrol(person)


if __name__ == "__main__":
    seed(datetime.now(UTC))
