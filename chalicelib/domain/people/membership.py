"""Who is ranked, and on which boards (DOMAIN §3): couriers who hold no post of staff.

Who pauses keeps his place in the township and at his employer, but is on no village's board: he has no round.
"""

from dataclasses import dataclass

from chalicelib.domain.people.model import Person, PersonState


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Where a courier is ranked; not `shown` where he wants to be seen by nobody else."""

    shown: bool = True
    employer: str = ""
    villages: tuple[str, ...] = ()


def membership(person: Person) -> Membership | None:
    """His, None for who is not ranked: staff, who has left, who never was a courier."""
    rides = person.own_post in person.posts or person.state is PersonState.PAUSED
    if not rides or person.actor.is_staff:
        return None
    return Membership(shown=not person.hidden_in_ranking, employer=person.employer.strip(), villages=person.round)
