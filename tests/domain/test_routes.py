"""Which event goes where."""

from dataclasses import replace

from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.routes import Queue, queues
from tests.builders import COURIER
from tests.lines import event, standing, told

A, S = Action, Status


def test_a_verification_goes_everywhere() -> None:
    assert queues(told((A.VERIFY, S.WITH_VILLAGE))[1]) == [Queue.NOTICES, Queue.POINTS, Queue.FIGURES]


def test_intake_earns_nothing() -> None:
    assert queues(told()[0]) == [Queue.NOTICES, Queue.FIGURES]


def test_what_staff_filed_earns_nothing() -> None:
    assert Queue.POINTS not in queues(replace(told((A.VERIFY, S.WITH_VILLAGE))[1], earns=False))


def test_a_remark_is_only_told() -> None:
    assert queues(told((A.COMMENT, S.SUBMITTED))[1]) == [Queue.NOTICES]


def test_what_nobody_needs_goes_nowhere() -> None:
    closed = standing(S.CLOSED)
    answered = event(A.CONFIRM, closed, closed, actor_id=COURIER.id, as_role="reporter", details={"solved": True})
    assert queues(answered) == []
