"""Who left cannot sign in: the centre fetches his copy, the office has him forgotten after the same days as anybody."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.domain.people.access import OF_HONOURS, What
from chalicelib.domain.people.actions import Wish
from chalicelib.domain.people.model import Actor, PersonState
from chalicelib.services.people import own_data, person_actions
from chalicelib.services.people.own_parts import Part, Piece
from chalicelib.services.reports import intake
from chalicelib.store import cursors
from chalicelib.store.people import access
from chalicelib.store.people import people as store
from tests import honouring
from tests.builders import CENTRE, COMMITTEE, COURIER, EVERYONE, NOW, draft
from tests.known import A, act, known

pytestmark = pytest.mark.usefixtures("rules")
DAY = timedelta(days=1)
LONG_AFTER = NOW + 300 * DAY


@pytest.fixture
def gone() -> None:
    """A courier who has reported and left."""
    known(COURIER.id)
    intake.accept("r1", draft(text="坑"), key=None, by=COURIER, now=NOW)
    act(A.LEAVE, COURIER.id)


def page(cursor: str | None = None, *, by: Actor = CENTRE, id: str = COURIER.id) -> Piece:
    """A page of his copy, fetched for him."""
    return own_data.copy_of(id, "本人书面申请", by=by, limit=9, cursor=cursor, now=NOW)


def test_the_centre_fetches_the_whole_copy_for_who_left_and_each_page_is_noted(gone: None) -> None:
    pieces = [page()]
    while pieces[-1].cursor:
        pieces.append(page(pieces[-1].cursor))
    assert [piece.part for piece in pieces] == [part for part in Part if part is not Part.HONOURS]
    assert pieces[0].person and pieces[0].person.phone == "10000000001"
    assert [text for piece in pieces for _, text in piece.reports] == ["坑"]
    line = access.by(CENTRE.id, limit=1, cursor=None).entries[0]
    assert (line.subject, line.what, line.purpose) == (COURIER.id, What.COPIED_DATA_OF_WHO_LEFT, "本人书面申请")
    assert line.details == {"part": "certificates"}


def test_his_honours_are_handed_over_by_the_committee_and_the_centre_learns_nothing_of_them() -> None:
    honouring.known(COURIER, CENTRE, COMMITTEE)
    honouring.apply()
    honouring.listed()
    act(A.LEAVE, COURIER.id)
    pieces = [page()]
    while pieces[-1].cursor:
        pieces.append(page(pieces[-1].cursor))
    told = {one.template for piece in pieces for one in piece.messages} | {
        line.what for piece in pieces for line in piece.access
    }
    assert What.CHANGED_PERSON in told and not told & {"honours_listed", *OF_HONOURS}
    assert all(piece.honours is None for piece in pieces)
    theirs = page(by=COMMITTEE)
    assert (theirs.part, theirs.cursor) == (Part.HONOURS, None) and theirs.honours
    looks = [(one.actor_id, one.what, one.purpose) for one in access.of_honours(limit=9, cursor=None).entries]
    assert (COMMITTEE.id, What.SAW_HONOURS, "本人书面申请") in looks


def test_neither_asks_for_the_others_part(gone: None) -> None:
    for by, part in ((CENTRE, Part.HONOURS), (COMMITTEE, Part.MESSAGES)):
        with pytest.raises(Forbidden, match="role_needed"):
            page(cursors.sealed({"part": part}), by=by)
    both = Actor(id="both", posts=(*CENTRE.posts, *COMMITTEE.posts))
    assert page(cursors.sealed({"part": Part.HONOURS}), by=both).part is Part.HONOURS


def test_nobody_else_fetches_it_and_nobody_without_saying_what_for(gone: None) -> None:
    for by in EVERYONE:
        if by not in (CENTRE, COMMITTEE):  # the admin has no part in reports
            with pytest.raises(Forbidden):
                page(by=by)
    with pytest.raises(Invalid):
        own_data.copy_of(COURIER.id, " ", by=CENTRE, limit=9, cursor=None, now=NOW)
    with pytest.raises(NotFound):
        page(id="nobody")
    with pytest.raises(Invalid):
        page("bad")


def test_who_is_here_fetches_it_himself() -> None:
    known(COURIER.id)
    with pytest.raises(Conflict) as refusal:
        page()
    assert refusal.value.rule == "copies_it_himself"


def test_who_was_forgotten_has_no_copy(gone: None) -> None:
    own_data.erase(COURIER.id, now=NOW)
    with pytest.raises(Conflict):
        page()


def test_who_left_and_asks_later_waits_as_long_as_anybody(gone: None) -> None:
    wish = Wish(action=A.ERASE, reason="本人到场申请")
    person_actions.act(COURIER.id, wish, version=None, key=None, by=CENTRE, now=LONG_AFTER)
    assert own_data.erasable(now=LONG_AFTER + 15 * DAY - timedelta(seconds=1)) == []
    assert own_data.erasable(now=LONG_AFTER + 15 * DAY) == [COURIER.id]
    line = access.by(CENTRE.id, limit=1, cursor=None).entries[0]
    assert (line.what, line.purpose, line.details) == (What.CHANGED_PERSON, "本人到场申请", {"action": "erase"})
    assert own_data.erase(COURIER.id, now=LONG_AFTER + 15 * DAY)
    assert store.get(COURIER.id).state is PersonState.ERASED


def test_until_then_he_may_come_back(gone: None) -> None:
    act(A.ERASE, COURIER.id, reason="a")
    act(A.REAPPROVE, COURIER.id, in_person=True)
    assert own_data.erasable(now=LONG_AFTER) == []


def test_the_log_says_which_posts_an_action_ended(gone: None) -> None:
    line = access.by(CENTRE.id, limit=1, cursor=None).entries[0]
    assert line.details == {"action": "leave", "ended": [f"courier:{COURIER.id}"]}
