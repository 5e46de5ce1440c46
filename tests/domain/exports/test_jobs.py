"""A job's way from its wish to its file."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Busy
from chalicelib.domain.exports import jobs
from chalicelib.domain.exports.jobs import LEASE
from chalicelib.domain.exports.terms import ExportState
from tests.builders import NOW
from tests.domain.exports.test_covers import job

DAY = timedelta(days=1)
FRESH = job("centre", give_up_at=NOW + DAY)


def test_every_change_counts_and_is_kept() -> None:
    held = jobs.taken(FRESH, "a", NOW)
    begun = jobs.begun(held, "u1")
    first = jobs.advanced(begun, "e1", size=10, rows=2, cursor=("t", "i"), whole=False)
    last = jobs.advanced(first, "e2", size=5, rows=1, cursor=("u", "j"), whole=True)
    done = jobs.finished(last, NOW)
    assert [one.version for one in (FRESH, held, begun, first, last, done)] == [1, 2, 3, 4, 5, 6]
    assert (done.upload.etags, done.upload.rows, done.upload.size, done.upload.cursor) == (
        ("e1", "e2"),
        3,
        15,
        ("u", "j"),
    )
    assert (done.state, done.finished_at, done.erase_at) == (ExportState.READY, NOW, NOW + 7 * DAY)
    assert done.is_over and not last.is_over


def test_two_do_not_hold_it_at_once() -> None:
    held = jobs.taken(FRESH, "a", NOW)
    with pytest.raises(Busy):
        jobs.taken(held, "b", NOW + LEASE - timedelta(seconds=1))
    assert jobs.taken(held, "b", NOW + LEASE).held_by == "b"
    assert jobs.taken(jobs.released(held, NOW), "b", NOW).held_by == "b"
    assert jobs.taken(held, "a", NOW).held_by == "a", "the same worker, told twice"


def test_a_new_attempt_forgets_the_parts_and_lies_elsewhere() -> None:
    begun = jobs.begun(jobs.taken(FRESH, "a", NOW), "u1")
    again = jobs.afresh(jobs.advanced(begun, "e1", size=1, rows=1, cursor=("t", "i"), whole=False))
    assert again.upload == jobs.Upload(attempt=2) and again.held_by == "a"
    assert (begun.key, again.key) == ("exports/7/e1/1.csv", "exports/7/e1/2.csv")
    assert again.keys == (begun.key, again.key)


def test_a_file_whose_time_is_over_counts_as_erased() -> None:
    done = jobs.finished(FRESH, NOW)
    assert jobs.state_at(done, NOW + 7 * DAY - timedelta(seconds=1)) is ExportState.READY
    assert jobs.state_at(done, NOW + 7 * DAY) is ExportState.ERASED


def test_what_nobody_finished_in_time_has_failed() -> None:
    assert jobs.state_at(FRESH, NOW + DAY) is ExportState.FAILED
    assert jobs.state_at(jobs.failed(FRESH, NOW), NOW) is ExportState.FAILED


def test_what_everybody_forgot_is_noticed() -> None:
    soon, later = NOW + timedelta(minutes=1), NOW + timedelta(minutes=3)
    assert not jobs.is_forgotten(FRESH, soon) and jobs.is_forgotten(FRESH, later)
    held = jobs.taken(FRESH, "a", NOW)
    assert not jobs.is_forgotten(held, NOW + LEASE) and jobs.is_forgotten(held, NOW + LEASE + timedelta(minutes=3))
    assert not jobs.is_forgotten(jobs.released(held, later), later)
    assert not jobs.is_forgotten(FRESH, NOW + 2 * DAY), "it has failed"
    assert not jobs.is_forgotten(jobs.failed(FRESH, NOW), later)


def test_the_files_name_says_what_it_is() -> None:
    assert jobs.filename(FRESH, "上报导出") == "上报导出_2026-11-01_2026-11-30_20261123-0900.csv"
