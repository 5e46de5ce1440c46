"""The time of what runs, once the matter has another class."""

from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.running import Stage
from chalicelib.domain.reports.terms import Basis, Outcome, RejectReason
from tests.builders import CENTRE, COURIER, GRID_MEMBER, report
from tests.deeds import Fields, do, local, rung

S, A = Status, Action


def objected() -> Report:
    """Rejected by the grid member, and objected to in the evening."""
    new = report(created_at=local(11, 26, 8), entered_at=local(11, 26, 8))
    held = do(new, A.REJECT, GRID_MEMBER, reason=RejectReason.NOT_FOUND, now=local(11, 26, 9)).report
    return do(held, A.OBJECT, COURIER, text="还在", now=local(11, 26, 20)).report


def test_verified_at_the_centre_it_has_the_time_of_the_kind_it_is() -> None:
    now = local(11, 26, 20, 5)
    seen: Fields = {"basis": Basis.PHONE, "outcome": Outcome.TO_CENTRE}
    verified = do(objected(), A.VERIFY, CENTRE, kind="0106", now=now, **seen).report
    classified = do(objected(), A.RECLASSIFY, CENTRE, kind="0106", text="漏气", now=now).report
    assert verified.due_at == classified.due_at == local(11, 26, 20, 30)
    assert verified.run and verified.run.stage is Stage.DISPATCH


def test_a_wait_that_would_have_been_over_is_over_now_and_breaches_nothing() -> None:
    new = report(created_at=local(11, 26, 8), entered_at=local(11, 26, 8))
    asked = do(new, A.ASK_INFO, GRID_MEMBER, text="?", now=local(11, 26, 9)).report
    urgent = do(asked, A.RECLASSIFY, CENTRE, kind="0302", text="更急", now=local(11, 26, 15)).report
    assert (urgent.status, urgent.paused, urgent.breaches) == (S.SUBMITTED, None, ())
    assert urgent.due_at == local(11, 26, 16)  # an hour of two had passed when the clock stopped
    assert not any(change.report.breaches for change in rung(urgent, local(11, 26, 15, 59)))
