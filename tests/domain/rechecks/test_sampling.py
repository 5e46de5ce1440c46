"""Which closings are looked at once more: a share of all, more of those that are doubtful, ever the same ones."""

from dataclasses import replace

import pytest

from chalicelib.domain.events import event
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.rechecks import sampling
from chalicelib.domain.rechecks.sampling import Rules
from chalicelib.domain.reports.model import Action, Report, Status
from tests.builders import COURIER, GRID_MEMBER, NOW, RULES, report
from tests.deeds import do
from tests.lines import event as line
from tests.lines import standing, told
from tests.rechecking import blind_line, closing_of, resolved, unchecked

S, A = Status, Action
SHIPPED = Rules(closing=RULES.closing, numbers=RULES.numbers)


def share(held: Report, false_closings: int = 0) -> float:
    return sampling.share(held, rules=SHIPPED, false_closings=false_closings)


def test_an_ordinary_closing_is_looked_at_one_time_in_ten() -> None:
    """Five percent for its kind, five for its severity."""
    assert share(closing_of(resolved()).report) == 10


def test_what_is_doubtful_is_looked_at_more_often() -> None:
    seen = closing_of(resolved()).report
    grave = replace(seen, nature=replace(seen.nature, severity=3))
    assert share(grave) == 15
    assert share(replace(seen, after_photos=())) == 20
    assert share(unchecked(resolved()).report) == 30
    assert share(seen, false_closings=3) == 40
    assert share(unchecked(resolved(nature=grave.nature)).report, false_closings=9) == 100


def test_of_some_kinds_none_is_drawn_whatever_speaks_for_it() -> None:
    assert share(report(S.CLOSED, kind="0701"), false_closings=9) == 0


@pytest.mark.parametrize(
    "kind",
    [kind.code for kind in RULES.taxonomy.kinds.values() if kind.confidential or kind.verify_by_centre]
    + [kind.code for kind in RULES.taxonomy.kinds.values() if kind.klass == "E" or kind.group in ("08", "09")]
    + [None],
)
def test_no_stranger_is_sent_to_what_is_secret_dangerous_or_somebodys_need(kind: str | None) -> None:
    assert not sampling.may_be_looked_at(report(S.CLOSED, kind=kind))


def test_a_place_is_needed_and_something_that_was_to_be_solved() -> None:
    held = closing_of(resolved()).report
    assert sampling.may_be_looked_at(held)
    assert not sampling.may_be_looked_at(replace(held, place=replace(held.place, point=None)))
    assert not sampling.may_be_looked_at(replace(held, place=replace(held.place, village=None)))
    assert not sampling.may_be_looked_at(replace(held, unsolved=True))
    denied = do(unchecked(resolved()).report, A.CONFIRM, COURIER, solved=False).report
    assert not sampling.may_be_looked_at(denied)  # it is open again without anybody's looking


def test_the_draw_is_ever_the_same_and_as_often_as_it_says() -> None:
    ids = [f"r{number}#000007" for number in range(4000)]
    drawn = {percent: {id for id in ids if sampling.is_drawn(id, percent)} for percent in (0, 10, 30, 100)}
    assert drawn[0] == set() and drawn[100] == set(ids)
    assert drawn[10] < drawn[30]  # more doubt never lets one go
    assert 320 < len(drawn[10]) < 480 and 1080 < len(drawn[30]) < 1320


def test_which_lines_are_followed() -> None:
    closed, open_ = standing(S.CLOSED), standing(S.IN_HANDLING)
    reopened = line(A.REOPEN, closed, open_)
    assert sampling.opens(reopened) and not sampling.closes(reopened)
    assert sampling.closes(told((A.VERIFY, S.CLOSED))[1])
    assert not sampling.closes(line(A.CONFIRM, closed, closed))
    denies = line(A.CONFIRM, closed, closed, as_role="reporter", details={"solved": False})
    assert sampling.denies(denies) and not sampling.denies(replace(denies, details={"solved": True}))
    assert not sampling.denies(replace(denies, as_role="grid_member"))
    assert sampling.finds_undone(blind_line("not_solved")) and not sampling.finds_undone(blind_line("solved"))
    false = event(do(resolved(), A.REOPEN, GRID_MEMBER, text="未修"))
    assert sampling.is_false(false) and not sampling.is_false(reopened)
    quiet = [told()[0], told((A.VERIFY, S.WITH_VILLAGE))[1], blind_line("cannot_tell"), blind_line("solved")]
    assert not any(sampling.concerns(one) for one in quiet)


def test_a_false_closing_nobody_claimed_counts_for_nobody() -> None:
    gone = replace(resolved(), origin=None)
    assert not sampling.is_false(event(do(gone, A.REOPEN, GRID_MEMBER, text="还在")))
    own = replace(resolved(), origin=Post(Role.DEPARTMENT, "D04"), entered_at=NOW)
    assert sampling.is_false(event(do(own, A.REOPEN, GRID_MEMBER, text="还在")))
