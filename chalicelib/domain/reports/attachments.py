"""Who may add which photos to a report (DOMAIN §2): the problem shows itself before, its solution after."""

from chalicelib.domain.errors import Forbidden, IllegalAction
from chalicelib.domain.photos import Purpose
from chalicelib.domain.reports.model import ENDED, Report
from chalicelib.domain.reports.parties import OWN, Party

P = Party
SOLVERS = frozenset({P.GRID, P.NEIGHBOUR, P.VILLAGE, P.CENTRE, P.LEAD, P.CO_HANDLER})
MAY_ADD = {
    Purpose.BEFORE: OWN,
    Purpose.AFTER: SOLVERS,
    Purpose.EVIDENCE: OWN | SOLVERS,
    Purpose.RECHECK: frozenset[Party](),  # comes with the answer of a blind re-check
    Purpose.PRIZE: frozenset[Party](),  # of no report
    Purpose.LOOKOUT: frozenset[Party](),
    Purpose.CONSENT: frozenset[Party](),
    Purpose.DOOR: frozenset[Party](),
}


def require_may_add(report: Report, purposes: set[Purpose], *, seen_as: frozenset[Party]) -> None:
    """Raises Forbidden (`photo_not_yours_to_add`) and, once the report has ended, IllegalAction (`report_ended`)."""
    if not seen_as & (OWN | SOLVERS):
        raise Forbidden("photo_not_yours_to_add", purpose="*")
    for purpose in purposes:
        if not seen_as & MAY_ADD[purpose]:
            raise Forbidden("photo_not_yours_to_add", purpose=purpose)
    if purposes and report.status in ENDED:
        raise IllegalAction("report_ended")
