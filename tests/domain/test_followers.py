"""Which event goes where."""

from dataclasses import replace

from chalicelib.domain.followers import queues
from chalicelib.domain.queues import Queue
from chalicelib.domain.reports.model import Action, Status
from tests.builders import COURIER
from tests.lines import event, standing, told
from tests.rechecking import blind_line

A, S = Action, Status


def test_a_verification_goes_everywhere() -> None:
    assert queues(told((A.VERIFY, S.WITH_VILLAGE))[1]) == [
        Queue.NOTICES,
        Queue.POINTS,
        Queue.FIGURES,
        Queue.MERGES,
        Queue.CHECKS,
    ]


def test_intake_earns_nothing() -> None:
    assert queues(told()[0]) == [Queue.NOTICES, Queue.FIGURES, Queue.LINKS, Queue.CELLS, Queue.CHECKS]


def test_what_staff_filed_earns_nothing() -> None:
    assert Queue.POINTS not in queues(replace(told((A.VERIFY, S.WITH_VILLAGE))[1], earns=False))


def test_a_public_remark_is_told_to_all_who_reported_it_and_an_internal_one_to_none_of_them() -> None:
    remark = event(A.COMMENT, standing(S.IN_HANDLING), standing(S.IN_HANDLING))
    assert queues(remark) == [Queue.NOTICES, Queue.MERGES]
    assert queues(replace(remark, internal=True)) == [Queue.NOTICES]


def test_a_remark_is_counted_only_where_it_may_be_the_first_answer() -> None:
    assert Queue.FIGURES in queues(told((A.COMMENT, S.SUBMITTED))[1])


def test_a_closing_may_be_repeated_and_a_confidential_one_may_not() -> None:
    was, now = standing(S.RESOLVED), standing(S.CLOSED)
    assert Queue.LINKS in queues(event(A.CONFIRM, was, now))
    secret = event(A.CONFIRM, replace(was, confidential=True), replace(now, confidential=True))
    assert Queue.LINKS not in queues(secret)


def test_what_a_reporter_answers_is_only_counted_and_what_nobody_needs_goes_nowhere() -> None:
    closed = standing(S.CLOSED)
    answered = event(A.CONFIRM, closed, closed, actor_id=COURIER.id, as_role="reporter", details={"solved": True})
    assert queues(answered) == [Queue.FIGURES]
    said = event(A.COMMENT, closed, closed, actor_id=COURIER.id, as_role="reporter", internal=True)
    assert Queue.FIGURES not in queues(said)


def test_a_mark_on_a_photo_and_its_withdrawal_go_to_who_draws_alone() -> None:
    now = standing(S.CLOSED)
    for action in (A.PUBLISH_PHOTO, A.UNPUBLISH_PHOTO):
        assert queues(event(action, now, now, internal=True, details={"photo": "before-1", "number": 1})) == [
            Queue.PHOTOS
        ]


def test_a_page_that_is_opened_or_closed_concerns_nobody() -> None:
    now = standing(S.CLOSED)
    assert [queues(event(action, now, now, internal=True)) for action in (A.OPEN_PAGE, A.CLOSE_PAGE)] == [[], []]


def test_a_closing_is_drawn_for_another_look_and_so_is_whatever_proves_it_false() -> None:
    was, now = standing(S.RESOLVED), standing(S.CLOSED)
    assert Queue.RECHECKS in queues(event(A.CONFIRM, was, now))
    assert queues(event(A.REOPEN, now, standing(S.IN_HANDLING))).count(Queue.RECHECKS) == 1
    assert queues(blind_line("not_solved")) == [Queue.POINTS, Queue.RECHECKS, Queue.CHECKS]
    assert queues(blind_line("cannot_tell")) == []
