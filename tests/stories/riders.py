"""More couriers than the pilot has, with points, and a clock that is turned on: behind the product's back.

The product's own services do it. They read their settings once a process, so this is one:
`python -m tests.stories.riders enrol crowd 64 100`.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from demo.client import Person
from infra.local.cloud import Cloud
from infra.local.tokens import Signer
from infra.stages import ROOT, local_environment

SINCE = datetime(2023, 4, 1, tzinfo=UTC)
PHONE = 10_100_000_000  # with a prefix that no mobile has


def riders(cloud: Cloud, name: str, count: int, points: int) -> list[Person]:
    """So many couriers with so many points each, signed in."""
    _run(cloud, "enrol", name, str(count), str(points))
    signer, now = Signer(cloud.state / "token-key.pem"), datetime.now(UTC)
    ids = [f"{name}-{number}" for number in range(count)]
    return [Person(api=cloud.api, key=id, id=id, token=signer.token(id, [("courier", id)], now)) for id in ids]


def pay(cloud: Cloud, courier: str, points: int) -> None:
    """Give a courier points."""
    _run(cloud, "pay", courier, str(points))


def time_passes(cloud: Cloud, redemption: str) -> None:
    """The time to fetch it is over, and the clock has not looked yet."""
    _run(cloud, "age", redemption)


def _run(cloud: Cloud, *words: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = clean | local_environment(cloud.api)
    subprocess.run([sys.executable, "-m", "tests.stories.riders", *words], env=environment, cwd=ROOT, check=True)


def enrol(name: str, count: str, points: str) -> None:
    from chalicelib.domain.people import model
    from infra.operate import fill

    now = datetime.now(UTC)
    for number in range(int(count)):
        id = f"{name}-{number}"
        fill.enrol(
            model.Person(
                id=id,
                name="试点快递员",
                phone=str(PHONE + crc32(name.encode()) % 8_000_000 * 100 + number),
                posts=(model.Post(model.Role.COURIER, id),),
                valid_from=SINCE,
                adult=True,
                consent=1,
                approved_at=now,
                last_active_at=now,
            )
        )
        paid(id, points)


def paid(courier: str, points: str) -> None:
    from chalicelib.domain.points import transfers
    from chalicelib.domain.points.terms import Kind
    from chalicelib.services.points import posting

    now = datetime.now(UTC)
    id = f"story-{now.isoformat()}"
    entry = transfers.moved(courier, int(points), Kind.ADJUST, id=id, event_id=id, at=now)
    posting.post([entry.explained("试点积分", "points of the pilot")])


def age(redemption: str) -> None:
    from dataclasses import replace

    from chalicelib.store.base import Transaction
    from chalicelib.store.prizes import due, redemptions

    over = datetime.now(UTC) - timedelta(seconds=1)
    found = redemptions.get(redemption)
    transaction = Transaction()
    redemptions.change(replace(found, until=over, reminded=True, version=found.version + 1), transaction)
    due.put(redemption, at=over, transaction=transaction)
    transaction.commit()


if __name__ == "__main__":
    deeds: dict[str, Callable[..., Any]] = {"enrol": enrol, "pay": paid, "age": age}
    deeds[sys.argv[1]](*sys.argv[2:])
