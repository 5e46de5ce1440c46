"""From an event to the inboxes of those concerned."""

from dataclasses import replace

import pytest

from chalicelib.domain.people.model import Person, Post, Role
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.notifications import inbox, notices
from chalicelib.store.people import people
from tests.builders import CENTRE, COURIER, GRID, GRID_MEMBER, NOW, RULES, TOWNSHIP, VILLAGE, VILLAGER
from tests.lines import event, standing, told

pytestmark = pytest.mark.usefixtures("rules", "staff")
A, S = Action, Status


@pytest.fixture
def staff(tables: str) -> None:
    """A grid member, the village, the centre."""
    for person, post in ((GRID_MEMBER, Post(Role.GRID_MEMBER, GRID)), (VILLAGER, Post(Role.VILLAGE, VILLAGE))):
        people.put(known(person.id, post))
    people.put(known(CENTRE.id, Post(Role.CENTRE, TOWNSHIP)))


def known(id: str, *posts: Post) -> Person:
    return Person(id=id, name=id, phone="", posts=posts, valid_from=NOW)


def heard(*ids: str) -> dict[str, list[str]]:
    pages = {id: inbox.page(id, limit=9, cursor=None, now=NOW).messages for id in ids}
    return {id: [message.template for message in messages] for id, messages in pages.items() if messages}


def everyone() -> dict[str, list[str]]:
    return heard(COURIER.id, GRID_MEMBER.id, VILLAGER.id, CENTRE.id)


def test_reporter_and_next_pool_hear_of_a_verification_and_the_verifier_does_not() -> None:
    line = told((A.VERIFY, S.WITH_VILLAGE))[1]
    for _ in range(2):
        notices.tell(line, now=NOW)
    assert everyone() == {COURIER.id: ["verified"], VILLAGER.id: ["to_solve"]}
    assert inbox.unread(COURIER.id, now=NOW) == 1


def test_the_sentence_is_written_in_both_languages() -> None:
    notices.tell(told((A.DISPATCH, S.DISPATCHED))[1], now=NOW)
    (message,) = inbox.page(COURIER.id, limit=9, cursor=None, now=NOW).messages
    kind = RULES.taxonomy.kinds["0303"]
    assert message.zh == f"您上报的“{kind.zh}”已派发给市政园林。"
    assert message.en == f"Your report ({kind.en}) went to: Municipal works & parks."


def test_danger_to_life_reaches_the_first_line_together() -> None:
    notices.tell(told(kind="0106")[0], now=NOW)
    assert everyone() == {GRID_MEMBER.id: ["alarm"], VILLAGER.id: ["alarm_guard"], CENTRE.id: ["alarm"]}


def test_where_the_centre_alone_verifies_nobody_else_hears() -> None:
    kind = next(kind for kind in RULES.taxonomy.kinds.values() if kind.klass == "E" and kind.verify_by_centre)
    new = event(A.SUBMIT, None, standing(S.SUBMITTED, kind=kind.code, holder=f"centre:{TOWNSHIP}"), actor_id=COURIER.id)
    notices.tell(new, now=NOW)
    assert everyone() == {CENTRE.id: ["alarm_centre_only"]}


def test_a_danger_of_a_kind_no_longer_known_is_kept_to_the_centre() -> None:
    now = replace(standing(S.SUBMITTED, kind="0106"), kind="9999", holder=f"centre:{TOWNSHIP}")
    notices.tell(event(A.SUBMIT, None, now, actor_id=COURIER.id), now=NOW)
    assert everyone() == {CENTRE.id: ["alarm_centre_only"]}


def test_an_internal_remark_does_not_reach_the_reporter() -> None:
    line = replace(told((A.COMMENT, S.SUBMITTED))[1], internal=True, note="内部", actor_id=CENTRE.id)
    notices.tell(line, now=NOW)
    assert everyone() == {GRID_MEMBER.id: ["remarked"]}


def test_where_nobody_holds_the_post_the_centre_hears_instead() -> None:
    notices.tell(told((A.DISPATCH, S.DISPATCHED))[1], now=NOW)
    assert everyone() == {COURIER.id: ["dispatched"], CENTRE.id: ["to_sign"]}
