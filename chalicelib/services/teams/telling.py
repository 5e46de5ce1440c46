"""What somebody is told of a team: in his inbox, with the step that makes it true."""

from datetime import datetime
from enum import StrEnum

from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.teams.model import Team
from chalicelib.services.notifications.wording import sentences
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox


class Told(StrEnum):
    """The templates of `messages.csv`."""

    APPLIED = "team_applied"
    ACCEPTED = "team_accepted"
    REFUSED = "team_refused"
    APPOINTED = "team_appointed"
    REMOVED = "team_removed"
    LED = "team_led"


def tell(
    team: Team, template: Told, person_id: str, transaction: Transaction, *, reason: str = "", now: datetime
) -> None:
    """Leave the message with the transaction; `team` is the team after the step."""
    facts = {"name": (team.charter.zh, team.charter.en), "reason": same(reason)}
    zh, en = sentences().render(template, facts)
    of = f"{team.id}#{team.version}"
    inbox.add(unprompted(person_id, template, of, (zh.strip(), en.strip()), at=now), transaction)
