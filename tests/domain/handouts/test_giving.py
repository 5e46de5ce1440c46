"""What is handed out: the table of goods, who hands out to whom, and what a record does to the counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from chalicelib.api.problems import Problem, problem
from chalicelib.domain.errors import DomainError
from chalicelib.domain.handouts import giving, goods
from chalicelib.domain.handouts.giving import Gift, Handout
from chalicelib.domain.handouts.goods import Good, Per
from chalicelib.domain.people.model import Actor, Person, PersonState, Role
from chalicelib.domain.reference import numbers
from tests.builders import ADMIN, CENTRE, COURIER, DATA, GRID_MEMBER, NOW, TOWNSHIP, VILLAGE, VILLAGER, actor
from tests.honouring import rule

NUMBERS = numbers.read((DATA / "numbers.csv").read_bytes())
TABLE = goods.read((DATA / "goods.csv").read_bytes())
HEAD, PACK = "good,zh,en,most,per\n", "welcome_pack,礼包,pack,1,ever\n"
ELSEWHERE = actor("v2", (Role.VILLAGE, "350211102999"))
BOOK, DAY = TABLE["book"], date(2026, 11, 23)
PERSON = Person(id="c", name="a", phone="", posts=COURIER.posts, valid_from=NOW, villages=(VILLAGE,))


def give(count: int = 2, *, day: date = DAY, by: Actor = CENTRE, person: Person = PERSON, good: Good = BOOK) -> Handout:
    giver = giving.giver_of(by, person, TOWNSHIP)
    return giving.given(
        Gift(good=good.id, count=count, day=day), good, person, by=by, giver=giver, now=NOW, numbers=NUMBERS
    )


@pytest.mark.parametrize(
    "row",
    [
        "Book,书,book,1,ever",
        ",书,book,1,",
        "book,,book,1,",
        "book,书,book,0,",
        "book,书,book,1,week",
        PACK.strip(),
    ],
)
def test_a_wrong_row_of_goods_is_refused(row: str) -> None:
    assert rule(lambda: goods.read(f"{HEAD}{PACK}{row}\n".encode())) == "reference_cell"


def test_the_welcome_pack_is_there_and_once_ever() -> None:
    assert rule(lambda: goods.read(f"{HEAD}book,书,book,1,\n".encode())) == "goods_lack"
    assert rule(lambda: goods.read(f"{HEAD}welcome_pack,礼包,pack,2,ever\n".encode())) == "reference_cell"
    assert (TABLE["welcome_pack"].most, TABLE["welcome_pack"].per) == (1, Per.EVER)


def test_the_centre_gives_to_anybody_and_a_village_on_its_rounds() -> None:
    assert give().giver == CENTRE.posts[0].key and give(by=VILLAGER).giver == VILLAGER.posts[0].key
    assert rule(lambda: give(by=ELSEWHERE)) == "person_not_yours"
    for other in (ADMIN, GRID_MEMBER, COURIER):
        assert rule(partial(give, by=other)) == "role_needed"
    assert rule(lambda: give(by=Actor(id="c", posts=CENTRE.posts))) == "not_to_oneself"


def test_what_is_recorded_makes_sense() -> None:
    assert rule(lambda: give(13)) == "handout_limit"
    assert rule(lambda: give(day=DAY + timedelta(days=1))) == "day_ahead"
    assert give(day=DAY - timedelta(days=31)).count == 2
    for long_ago in (DAY - timedelta(days=32), date(2025, 12, 31), date.min):
        assert rule(partial(give, day=long_ago)) == "handout_day"
    gone = Person(id="c", name="", phone="", posts=(), valid_from=NOW, state=PersonState.LEFT)
    assert rule(lambda: give(person=gone)) == "person_state"


def test_a_record_counts_in_month_year_and_ever_and_a_correction_moves_the_difference() -> None:
    old = give(5)
    assert {(one.span, one.more, one.most) for one in giving.changes(old, None, BOOK)} == {
        ("ever", 5, None),
        ("2026", 5, 12),
        ("2026-11", 5, None),
    }
    earlier = Gift(good="book", count=3, day=date(2026, 10, 31))
    new = giving.corrected(old, earlier, "写错", by=CENTRE, good=BOOK, giver=CENTRE.posts[0], now=NOW, numbers=NUMBERS)
    assert new.corrects == old.id
    assert {(one.span, one.more, one.most) for one in giving.changes(new, old, BOOK)} == {
        ("ever", -2, None),
        ("2026", -2, None),
        ("2026-11", -5, None),
        ("2026-10", 3, None),
    }


def test_a_correction_needs_a_reason_and_a_difference() -> None:
    old = give()

    def fix(count: int, reason: str = "写错", by: Actor = CENTRE) -> Handout:
        gift = Gift(good="book", count=count, day=DAY)
        return giving.corrected(old, gift, reason, by=by, good=BOOK, giver=CENTRE.posts[0], now=NOW, numbers=NUMBERS)

    assert rule(lambda: fix(1, " ")) == "reason_needed"
    assert rule(lambda: fix(2)) == "nothing_changes"
    assert rule(lambda: fix(1, by=Actor(id="c", posts=CENTRE.posts))) == "not_to_oneself"
    assert fix(0).count == 0


def test_a_record_is_moved_to_any_day_since_its_own_and_to_no_day_long_ago() -> None:
    old = replace(give(), day=DAY - timedelta(days=100))

    def fix(day: date, count: int = 1) -> Handout:
        gift, post = Gift(good="book", count=count, day=day), CENTRE.posts[0]
        return giving.corrected(old, gift, "写错", by=CENTRE, good=BOOK, giver=post, now=NOW, numbers=NUMBERS)

    assert fix(old.day).count == 1 and fix(DAY).day == DAY and fix(old.day + timedelta(days=1))
    assert rule(lambda: fix(old.day - timedelta(days=1))) == "handout_day"


def test_what_was_never_given_was_so_on_every_day() -> None:
    never = replace(give(), count=0)
    gift, post = Gift(good="book", count=0, day=DAY - timedelta(days=1)), CENTRE.posts[0]
    fix = partial(giving.corrected, by=CENTRE, good=BOOK, giver=post, now=NOW, numbers=NUMBERS)
    assert rule(lambda: fix(never, gift, "写错")) == "nothing_changes"


def test_a_refusal_names_what_was_done_the_good_and_the_time_in_two_languages() -> None:
    full = refusal(lambda: give(13))
    assert (full.detail, full.detail_en) == (
        "“图书 / Book”每人每年限领 12 份，已达上限。",
        "Nobody gets more than 12 of 图书 / Book (year), and this would be more.",
    )
    own = refusal(lambda: give(by=Actor(id="c", posts=CENTRE.posts)))
    assert own.detail == "不能对自己执行 登记发放。"
    assert refusal(lambda: give(by=ELSEWHERE)).detail == "您的岗位不能对他人执行 登记发放。"


def refusal(call: Callable[[], object]) -> Problem:
    with pytest.raises(DomainError) as refused:
        call()
    return problem(refused.value)


def test_an_id_says_whose_record_it_is() -> None:
    assert giving.person_of(give().id) == "c"
    for wrong in ("", "c", ".x", "x."):
        assert rule(partial(giving.person_of, wrong)) == "no_such_handout"
