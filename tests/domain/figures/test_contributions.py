"""What events add to a courier's month."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.figures import contributions, tallies
from chalicelib.domain.figures.contributions import COUNTS, Contribution, contribution, total
from chalicelib.domain.reports.model import ENDED, Action, Status
from tests.builders import COURIER, NOW
from tests.lines import Step, by, told

A, S = Action, Status


def added(*steps: Step, **changes: Any) -> dict[str, int]:
    """What a report's history adds up to; nought is left out."""
    return counts(told(*steps, **changes))


def counts(lines: list[Event]) -> dict[str, int]:
    found = [one for line in lines if tallies.moved(line) and (one := contribution(line))]
    sums = total(found)
    return {name: value for name in COUNTS if (value := getattr(sums, name))}


def test_a_report_is_filed_and_open() -> None:
    assert added() == {"filed": 1, "open": 1}


def test_verified_and_on_its_way_it_is_still_open() -> None:
    assert added((A.VERIFY, S.WITH_CENTRE), (A.DISPATCH, S.DISPATCHED)) == {"filed": 1, "verified": 1, "open": 1}


def test_solved_is_what_a_recheck_saw() -> None:
    steps = [(A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED)]
    lines = told(*steps)
    assert counts(lines) == {"filed": 1, "verified": 1, "solved": 1, "closed": 1}
    lines[-1] = by(lines[-1], COURIER.id, "reporter")
    assert "solved" not in counts(lines), "the reporter's own word closes nothing"
    lines[-1] = replace(lines[-1], as_role="grid_member", details={"solved": False})
    assert counts(lines) == {"filed": 1, "verified": 1, "closed": 1}


def test_reopened_it_is_open_again_and_solved_twice() -> None:
    again = [(A.REOPEN, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED)]
    steps = [(A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED), *again]
    assert added(*steps[:4])["open"] == 1
    assert added(*steps) == {"filed": 1, "verified": 1, "solved": 2, "closed": 1}


def test_a_rejection_that_was_objected_to_is_none() -> None:
    assert added((A.REJECT, S.INVALID)) == {"filed": 1, "invalid": 1}
    assert added((A.REJECT, S.INVALID), (A.OBJECT, S.WITH_CENTRE)) == {"filed": 1, "open": 1}


@pytest.mark.parametrize("status", sorted(ENDED))
def test_every_end_is_counted_under_its_name(status: Status) -> None:
    assert added((A.CANCEL, status))[status] == 1


def test_sent_on_without_verification_counts_as_verified() -> None:
    assert added((A.DISPATCH, S.DISPATCHED))["verified"] == 1
    assert "verified" not in added((A.ASK_INFO, S.NEEDS_INFO), (A.SUPPLY_INFO, S.SUBMITTED))


def test_what_staff_file_is_nobodys_contribution() -> None:
    assert contribution(replace(told()[0], earns=False)) is None


def test_each_event_counts_in_its_own_local_month() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), at=NOW + timedelta(days=7, hours=14, minutes=30))
    months = [one.month for line in lines if (one := contribution(line))]
    assert months == ["2026-11", "2026-12"]


def test_nothing_together_is_nothing() -> None:
    assert total([]) == Contribution(month=contributions.MAX_MONTH)
