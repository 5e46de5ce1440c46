"""`python -m infra.operate.first --stage prod --name … --phone …`: makes a new stage fit for use (`make first`).

Puts the reference data in force that has no edition yet, and enrols the first person, admin and centre at once, who
then lets in everybody else. Where somebody is admin already, nobody is added: so it can be run again, and it repairs a
township that has lost its last admin. It works with the operator's own rights on the stage's tables.
"""

import argparse
import os
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

from chalicelib.domain.errors import DomainError
from chalicelib.domain.people.model import Actor, Person, Post, Role
from infra import stages
from infra.operate import fill

OPERATOR = Actor(id="operator", posts=())


def begin(name: str, phone: str, *, now: datetime, outlines: bytes | None = None) -> Person | None:
    """Fill the stage, and enrol its first person; None where somebody is its admin already.

    Raises Conflict (`phone_taken`), Invalid (`phone_malformed`, and what is wrong with outlines).
    """
    from chalicelib.domain.people.access import What
    from chalicelib.domain.people.phones import phone_of
    from chalicelib.services.people import access
    from chalicelib.services.reference import areas
    from chalicelib.store.base import Transaction
    from chalicelib.store.people import people

    number = phone_of(phone)
    fill.publish(now, by=OPERATOR.id, outlines=outlines)
    (township,) = areas.townships(now=now)
    if people.holders(Post(Role.ADMIN, township).key):
        return None
    person = _person(name.strip(), number, township, now)
    transaction = Transaction()
    people.add(person, transaction)
    details: dict[str, object] = {"action": "first"}
    access.record(OPERATOR, What.CHANGED_PERSON, person.id, now=now, details=details, transaction=transaction)
    transaction.commit()
    return person


def _person(name: str, phone: str, township: str, now: datetime) -> Person:
    return Person(
        id=str(uuid.uuid4()),
        name=name,
        phone=phone,
        posts=(Post(Role.ADMIN, township), Post(Role.CENTRE, township)),
        valid_from=now.replace(microsecond=0),  # as tokens tell time
        adult=True,
        joined_at=now,
        approved_at=now,
    )


def main() -> None:
    """The command line, for any stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=stages.STAGES, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--phone", required=True)
    parser.add_argument("--areas", type=Path, help="GeoJSON of the township's villages and grids")
    arguments = parser.parse_args()
    if not arguments.name.strip() or not arguments.phone.strip():
        sys.exit("Say who it is: make first STAGE=… ADMIN_NAME=… ADMIN_PHONE=…")
    os.environ |= stages.environment(arguments.stage)
    outlines = arguments.areas.read_bytes() if arguments.areas else None
    try:
        made = begin(arguments.name, arguments.phone, now=datetime.now(UTC), outlines=outlines)
    except DomainError as error:
        sys.exit(f"Nobody was enrolled: {error}")
    print(f"{made.id} is admin and centre, and signs in by phone" if made else "There is an admin already")


if __name__ == "__main__":
    main()
