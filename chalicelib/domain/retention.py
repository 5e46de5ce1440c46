"""How long what is kept, and what then becomes of it (DOMAIN §6, `data/retention.csv`)."""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.tables import parsed

COLUMNS = ("kind", "days", "from", "then")


class Then(StrEnum):
    """What happens when the time is over."""

    ERASE = "erase"
    ANONYMISE = "anonymise"
    BLUR = "blur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """`days` after `begins` happened, `then` is done."""

    kind: str
    days: int
    begins: str
    then: Then


def read(body: bytes) -> dict[str, Term]:
    """Parse an edition, by kind. Raises Invalid naming the line."""

    def parse(cells: dict[str, str]) -> Term:
        if not 0 < int(cells["days"]) < 36_500:
            raise ValueError("days")
        return Term(kind=cells["kind"], days=int(cells["days"]), begins=cells["from"], then=Then(cells["then"]))

    return {term.kind: term for term in parsed("retention", body, COLUMNS, parse)}
