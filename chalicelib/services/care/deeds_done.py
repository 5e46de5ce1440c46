"""What a courier did that may be certified, by what the records say of it."""

from chalicelib.domain.care.certificates import Deed, HelpKind
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.errors import NotFound
from chalicelib.services.care import visited

VISIT = "visit:"


def done(deed_id: str, *, courier_id: str) -> Deed:
    """A deed of this courier, by its name among all deeds (`visit:<id>`): one read. Raises NotFound
    (`no_such_deed`)."""
    if not deed_id.startswith(VISIT):
        raise NotFound("no_such_deed", deed=deed_id)
    try:
        visit = visited.get(deed_id.removeprefix(VISIT))
    except NotFound as error:
        raise NotFound("no_such_deed", deed=deed_id) from error
    if visit.courier_id != courier_id or not visit.is_taken:
        raise NotFound("no_such_deed", deed=deed_id)
    return Deed(
        id=deed_id,
        courier_id=courier_id,
        township=visit.township,
        village=visit.village,
        kind=HelpKind(visit.service.value),
        began_at=visit.began_at or visit.start,
        ended_at=visit.closed_at or visit.end,
        is_done=visit.state is VisitState.DONE,
    )
