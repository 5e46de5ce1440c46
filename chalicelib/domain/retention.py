"""How long what is kept, and what then becomes of it (DOMAIN §6, `data/retention.csv`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.reference.tables import parsed

COLUMNS = ("kind", "days", "from", "then")


class Then(StrEnum):
    """What happens when the time is over."""

    ERASE = "erase"
    ANONYMISE = "anonymise"
    BLUR = "blur"


class Way(StrEnum):
    """How what is due of a kind is found."""

    REPORT = "report"  # history tells by its index of days which reports ended then
    PERSON = "person"  # people are indexed by when their account was closed
    HONOURS = "honours"  # cases are indexed by their last step
    LOOKOUT = "lookout"  # look-outs are indexed by when they were over
    CARE = "care"  # who is cared for no more is indexed by what goes next of him, and since when
    EXPIRES = "expires"  # whoever writes it says when it ends, and the store or the bucket lets it go
    NOTHING = "nothing"  # nothing of it is kept yet


WAYS = {
    "photo_original": Way.REPORT,
    "photo_shown": Way.REPORT,
    "report_text": Way.REPORT,
    "reporter_identity": Way.PERSON,
    "honours_case": Way.HONOURS,
    "honours_withdrawn": Way.HONOURS,
    "beneficiary_coordinates": Way.CARE,
    "beneficiary_personal": Way.CARE,
    "care_consent": Way.CARE,
    "handout": Way.EXPIRES,
    "access_log": Way.EXPIRES,
    "sms_code": Way.EXPIRES,
    "export_file": Way.EXPIRES,
    "redemption": Way.EXPIRES,
    "guardian_consent": Way.EXPIRES,
    "parked_draft": Way.EXPIRES,
    "finding": Way.EXPIRES,
    "finding_dismissed": Way.EXPIRES,
    "points_decision": Way.EXPIRES,
    "volunteer_hours": Way.EXPIRES,
    "mediation": Way.EXPIRES,
    "team_application": Way.EXPIRES,
    "lookout": Way.LOOKOUT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """`days` after `begins` happened, `then` is done."""

    kind: str
    days: int
    begins: str
    then: Then

    @property
    def way(self) -> Way:
        """How what is due is found."""
        return WAYS.get(self.kind, Way.NOTHING)

    def until(self, now: datetime) -> datetime:
        """What began by then is due."""
        return now - timedelta(days=self.days)


def read(body: bytes) -> dict[str, Term]:
    """Parse an edition, by kind. Raises Invalid naming the line."""

    def parse(cells: dict[str, str]) -> Term:
        if not 0 < int(cells["days"]) < 36_500:
            raise ValueError("days")
        return Term(kind=cells["kind"], days=int(cells["days"]), begins=cells["from"], then=Then(cells["then"]))

    return {term.kind: term for term in parsed("retention", body, COLUMNS, parse)}
