"""What is handed out: the table of goods, who hands out to whom, and what a record does to the counts."""

from datetime import date, timedelta
from functools import partial

import pytest

from chalicelib.domain.handouts import giving, goods
from chalicelib.domain.handouts.giving import Gift, Handout
from chalicelib.domain.handouts.goods import Good, Per
from chalicelib.domain.people.model import Actor, Person, PersonState, Role
from tests.builders import ADMIN, CENTRE, COURIER, DATA, GRID_MEMBER, NOW, TOWNSHIP, VILLAGE, VILLAGER, actor
from tests.honouring import rule

TABLE = goods.read((DATA / "goods.csv").read_bytes())
HEAD, PACK = "good,zh,en,most,per\n", "welcome_pack,礼包,pack,1,ever\n"
ELSEWHERE = actor("v2", (Role.VILLAGE, "350211102999"))
BOOK, DAY = TABLE["book"], date(2026, 11, 23)
PERSON = Person(id="c", name="a", phone="", posts=COURIER.posts, valid_from=NOW, villages=(VILLAGE,))


def give(count: int = 2, *, day: date = DAY, by: Actor = CENTRE, person: Person = PERSON, good: Good = BOOK) -> Handout:
    giver = giving.giver_of(by, person, TOWNSHIP)
    return giving.given(Gift(good=good.id, count=count, day=day), good, person, by=by, giver=giver, now=NOW)


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
    gone = Person(id="c", name="", phone="", posts=(), valid_from=NOW, state=PersonState.LEFT)
    assert rule(lambda: give(person=gone)) == "person_state"


def test_a_record_counts_in_month_year_and_ever_and_a_correction_moves_the_difference() -> None:
    old = give(5)
    assert {(one.span, one.more, one.most) for one in giving.changes(old, None, BOOK)} == {
        ("ever", 5, None),
        ("2026", 5, 12),
        ("2026-11", 5, None),
    }
    earlier = Gift(good="book", count=3, day=date(2025, 12, 31))
    new = giving.corrected(old, earlier, "写错", by=CENTRE, good=BOOK, giver=CENTRE.posts[0], now=NOW)
    assert new.corrects == old.id
    assert {(one.span, one.more, one.most) for one in giving.changes(new, old, BOOK)} == {
        ("ever", -2, None),
        ("2026", -5, None),
        ("2026-11", -5, None),
        ("2025", 3, 12),
        ("2025-12", 3, None),
    }


def test_a_correction_needs_a_reason_and_a_difference() -> None:
    old = give()

    def fix(count: int, reason: str = "写错", by: Actor = CENTRE) -> Handout:
        gift = Gift(good="book", count=count, day=DAY)
        return giving.corrected(old, gift, reason, by=by, good=BOOK, giver=CENTRE.posts[0], now=NOW)

    assert rule(lambda: fix(1, " ")) == "reason_needed"
    assert rule(lambda: fix(2)) == "nothing_changes"
    assert rule(lambda: fix(1, by=Actor(id="c", posts=CENTRE.posts))) == "not_to_oneself"
    assert fix(0).count == 0


def test_an_id_says_whose_record_it_is() -> None:
    assert giving.person_of(give().id) == "c"
    for wrong in ("", "c", ".x", "x."):
        assert rule(partial(giving.person_of, wrong)) == "no_such_handout"
