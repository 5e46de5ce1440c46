"""What of a report is for everybody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.reports import publicity
from chalicelib.domain.reports.model import Report, Status
from tests.builders import NOW, RULES, report

S = Status
KEPT = timedelta(days=1095)


@pytest.mark.parametrize("status", Status)
def test_a_verified_report_is_told_unless_there_was_nothing_or_it_is_told_elsewhere(status: Status) -> None:
    held = report(status, verified_by="grid_member")
    assert publicity.is_tellable(held) is (status not in (S.INVALID, S.WITHDRAWN, S.DUPLICATE))


@pytest.mark.parametrize("status", [S.SUBMITTED, S.NEEDS_INFO, S.WITH_CENTRE])
def test_what_nobody_has_looked_at_yet_is_told_to_nobody(status: Status) -> None:
    assert not publicity.is_tellable(report(status, verified_by=None))


def test_an_order_or_a_transfer_without_waiting_says_as_much_as_a_verification() -> None:
    assert publicity.is_tellable(report(S.DISPATCHED, verified_by=None, ordered_at=NOW))
    assert publicity.is_tellable(report(S.TRANSFERRED, verified_by=None))


@pytest.mark.parametrize("kind", [None, *RULES.taxonomy.kinds])
def test_nothing_confidential_unclassified_or_of_groups_08_and_09_is_ever_told(kind: str | None) -> None:
    held = report(S.CLOSED, kind=kind)
    secret = kind is None or RULES.taxonomy.kinds[kind].confidential or kind[:2] in ("08", "09")
    assert publicity.is_tellable(held) is not secret
    if kind and kind[:2] in ("08", "09"):  # even if an edition forgot to call it confidential
        assert not publicity.is_tellable(_open(held))


def _open(held: Report) -> Report:
    return replace(held, nature=replace(held.nature, confidential=False))


def test_a_confidential_report_of_an_open_kind_is_not_told() -> None:
    held = report(S.CLOSED)
    assert not publicity.is_tellable(replace(held, nature=replace(held.nature, confidential=True)))


def test_links_carry_the_count_of_those_taken_back_and_there_are_none_while_the_page_is_closed() -> None:
    assert publicity.page(report(S.CLOSED, page=2)) == 2
    assert publicity.page(report(S.CLOSED, page=2, page_closed=True)) is None
    assert publicity.page(report(S.INVALID)) is None


def test_a_page_ends_with_its_photos_and_not_while_the_report_is_open() -> None:
    held = report(S.CLOSED)
    assert not publicity.is_over(held, kept=KEPT, now=NOW + KEPT - timedelta(seconds=1))
    assert publicity.is_over(held, kept=KEPT, now=NOW + KEPT)
    assert not publicity.is_over(report(S.IN_HANDLING), kept=KEPT, now=NOW + 10 * KEPT)
