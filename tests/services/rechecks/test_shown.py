"""Who has accepted a blind re-check sees the place while it is his to look at, and no longer."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.domain.photos import Purpose
from chalicelib.domain.rechecks.tasks import Finding, TaskState
from chalicelib.domain.reports.model import Report, Status
from chalicelib.services.rechecks import rechecks
from chalicelib.services.reports import intake
from chalicelib.services.reports import reports as use_cases
from chalicelib.store.base import Transaction
from chalicelib.store.reports import rechecks as store
from chalicelib.store.reports import reports
from chalicelib.store.reports.reports import HEAD, ReportItem
from tests.builders import COURIER, COURIER2, NOW, RULES, VILLAGE, draft, report
from tests.rechecking import HOUR, offered
from tests.services.rechecks.test_rechecks import JPEG, OGG, THIRD, accept, answer, rule, taken, task

pytestmark = pytest.mark.usefixtures("rules", "riders")
SECRET = RULES.taxonomy.nature("0801")
NEXT_DAY = NOW + 24 * HOUR


def stands(held: Report) -> None:
    """The report, from now on."""
    ReportItem(held.id, HEAD).delete()
    transaction = Transaction()
    reports.put(replace(held, version=1), transaction=transaction)
    transaction.commit()


def test_he_sees_the_place_and_what_it_looked_like_small_and_nothing_else() -> None:
    intake.accept("r1", draft(files=(JPEG, OGG)), key=None, by=COURIER, now=NOW)
    stands(report(Status.CLOSED))
    transaction = Transaction()
    store.put(offered(), over=None, transaction=transaction)
    transaction.commit()
    shown = rechecks.accept("r1", key=None, by=COURIER2, now=NOW)
    assert [(photo.purpose, photo.id) for photo in shown.photos] == [(Purpose.BEFORE, "before-1")]
    assert (shown.task.kind, shown.task.place.village) == ("0303", VILLAGE)
    assert rule(lambda: rechecks.show("r1", by=THIRD, now=NOW)) == (NotFound, "no_such_recheck")
    assert rechecks.show("r1", by=COURIER2, now=NOW).task.state is TaskState.ACCEPTED
    assert rule(lambda: use_cases.view("r1", by=COURIER2, now=NOW))[0] is NotFound


@pytest.mark.parametrize("finding", [Finding.SOLVED, Finding.CANNOT_TELL])
def test_once_he_has_answered_he_sees_it_no_more(finding: Finding) -> None:
    task()
    accept()
    answer(finding)
    assert rule(lambda: rechecks.show("r1", by=COURIER2, now=NOW + HOUR)) == (NotFound, "no_such_recheck")


@pytest.mark.parametrize(
    "held",
    [
        report(Status.IN_HANDLING),  # open again, and the task not yet void
        report(Status.CLOSED, nature=SECRET),
        report(Status.CLOSED, ended_at=NEXT_DAY),  # another closing than the one he was asked about
        report(Status.CLOSED, answered=True, disputed=True, unchecked=True),
    ],
    ids=["open", "secret", "closed anew", "denied"],
)
def test_what_may_be_looked_at_no_more_is_shown_to_nobody(held: Report) -> None:
    task()
    accept()
    stands(held)
    assert rule(lambda: rechecks.show("r1", by=COURIER2, now=NOW)) == (NotFound, "no_such_recheck")
    assert rule(accept) == (NotFound, "no_such_recheck"), "he asks again"
    task("r2")
    stands(replace(held, id="r2"))
    assert rule(lambda: accept(THIRD, "r2")) == (NotFound, "no_such_recheck")
    assert taken("third") == 0
