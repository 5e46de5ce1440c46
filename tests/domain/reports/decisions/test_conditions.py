"""What must hold before something is said to be solved, and before that is confirmed: as the table asks of its kind."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference import closing
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports.decisions.conditions import needs
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.terms import Basis, Outcome
from tests.builders import CENTRE, GRID_MEMBER, RULES, VILLAGER, WORKS, report
from tests.deeds import Fields, do, handled, refusal

S, A = Status, Action
HEAD = ",".join(closing.COLUMNS)
TWO = ("after-1", "after-2")


def asking(row: str) -> Rulebook:
    """The rules as shipped, but for what closing a road hole takes."""
    rows = [HEAD, "*,1,anyone,0,any,5,甲,a", f"0303,{row},5,乙,b"]
    return replace(RULES, closing=closing.read("\n".join(rows).encode()))


def refused(row: str, held: Report, action: Action, by: Actor, **fields: object) -> tuple[type, str]:
    return refusal(held, action, by, rules=asking(row), **fields)


def test_photos_that_are_a_must_no_reason_stands_for() -> None:
    row, least = "2,nobody,0,any", (Invalid, "after_photos_needed")
    for said in ({"no_photo_reason": "夜间"}, {"after_photos": TWO[:1]}, {"after_photos": ("after-1", "after-1")}, {}):
        assert refused(row, handled(), A.RESOLVE, WORKS, text="已修", **said) == least
    done = do(handled(), A.RESOLVE, WORKS, rules=asking(row), text="已修", after_photos=TWO)
    assert done.report.status is S.RESOLVED and done.details["after_photos"] == list(TWO)


def test_the_village_alone_may_be_excused() -> None:
    row = "1,village,0,any"
    said: Fields = {"text": "已劝离", "no_photo_reason": "无实物"}
    assert refused(row, handled(), A.RESOLVE, WORKS, **said) == (Invalid, "after_photos_needed")
    assert do(report(S.WITH_VILLAGE), A.RESOLVE, VILLAGER, rules=asking(row), **said).report.status is S.RESOLVED


def test_where_nothing_can_be_shown_nothing_is_asked() -> None:
    done = do(handled(), A.RESOLVE, WORKS, rules=asking("0,anyone,0,any"), text="已调解")
    assert done.report.status is S.RESOLVED


def test_an_answer_may_have_to_say_something() -> None:
    row = "0,anyone,5,any"
    assert refused(row, handled(), A.RESOLVE, WORKS, text=" 已修 好 ") == (Invalid, "answer_too_short")
    assert do(handled(), A.RESOLVE, WORKS, rules=asking(row), text="已经修好了").report.status is S.RESOLVED


def test_the_centres_own_answer_too() -> None:
    rows = [HEAD, "*,1,anyone,0,any,5,甲,a", "12,1,nobody,6,any,0,乙,b"]
    rules = replace(RULES, closing=closing.read("\n".join(rows).encode()))
    held = report(S.WITH_CENTRE, kind="1204")
    assert refusal(held, A.ANSWER, CENTRE, rules=rules, text="可以") == (Invalid, "answer_too_short")
    done = do(held, A.ANSWER, CENTRE, rules=rules, text="请到镇便民服务中心办理")
    assert done.report.status is S.RESOLVED  # an answer in writing is shown by no photo


def test_what_is_solved_on_the_spot_is_shown_and_told_as_well() -> None:
    fields: Fields = {"basis": Basis.ON_SITE, "outcome": Outcome.SOLVED_ON_SPOT}
    row = "2,anyone,4,any"
    one: Fields = fields | {"after_photos": TWO[:1], "text": "当场清理"}
    assert refused(row, report(), A.VERIFY, GRID_MEMBER, **one) == (Invalid, "after_photos_needed")
    silent: Fields = fields | {"after_photos": TWO}
    assert refused(row, report(), A.VERIFY, GRID_MEMBER, **silent) == (Invalid, "answer_too_short")
    done = do(report(), A.VERIFY, GRID_MEMBER, rules=asking(row), **silent, text="当场清理")
    assert done.report.status is S.RESOLVED


def test_the_kind_it_turns_out_to_be_says_what_is_asked() -> None:
    fields: Fields = {"basis": Basis.ON_SITE, "outcome": Outcome.SOLVED_ON_SPOT, "after_photos": TWO[:1]}
    found = report(kind="0201")
    assert refused("2,anyone,0,any", found, A.VERIFY, GRID_MEMBER, kind="0303", **fields)[1] == "after_photos_needed"


@pytest.mark.parametrize("basis", [None, Basis.PHOTO, Basis.PHONE])
def test_some_kinds_are_rechecked_on_site(basis: Basis | None) -> None:
    row, held = "1,anyone,0,on_site", report(S.RESOLVED)
    assert refused(row, held, A.CONFIRM, GRID_MEMBER, basis=basis) == (Invalid, "recheck_on_site")
    seen = do(held, A.CONFIRM, GRID_MEMBER, rules=asking(row), basis=Basis.ON_SITE)
    assert seen.details == {"solved": True, "basis": Basis.ON_SITE}
    assert do(held, A.CONFIRM, GRID_MEMBER, basis=basis).report.status is S.CLOSED  # as shipped


def test_a_report_tells_what_closing_it_takes_of_who_holds_it() -> None:
    rules = asking("2,village,5,on_site")
    asked = needs(report(S.IN_HANDLING), rules)
    assert (asked.photos, asked.may_excuse, asked.answer_chars, asked.on_site, asked.zh) == (2, False, 5, True, "乙")
    assert needs(report(S.WITH_VILLAGE), rules).may_excuse


def test_what_is_claimed_anew_the_reporter_is_asked_anew() -> None:
    """It was said to be solved before, and came back by another way than a reopening."""
    answered = replace(handled(), answered=True, disputed=True)
    again = do(answered, A.RESOLVE, WORKS, text="已修", after_photos=TWO).report
    assert (again.answered, again.disputed) == (False, False)
