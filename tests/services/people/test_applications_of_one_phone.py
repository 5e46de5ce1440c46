"""Whoever has the printed code may apply with any number: that keeps nobody out, and the centre sees who else did."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import AlreadyDone, DomainError
from chalicelib.domain.people.access import What
from chalicelib.domain.people.applications import ApplicationState
from chalicelib.services.people import applications
from chalicelib.store.people import access, answers, waiting
from chalicelib.store.people import applications as store
from chalicelib.store.people import people as stored_people
from chalicelib.store.people.applications import ApplicationItem
from tests.builders import ADMIN, CENTRE, NOW
from tests.joining import CALL, DAY, FORM, apply, approve, refused
from tests.joining import waiting as listed

pytestmark = pytest.mark.usefixtures("call")
SUPERSEDED = ApplicationState.SUPERSEDED


@pytest.fixture
def call(rules: None) -> None:
    """A call that has room."""
    applications.call(replace(CALL, most=20), key=None, by=ADMIN, now=NOW)


def together() -> set[str]:
    """The ids that wait with the phone."""
    return set(waiting.of(FORM.phone).ids)


def test_who_is_second_with_a_number_waits_beside_the_first() -> None:
    apply("stranger", name="别人")
    apply("owner")
    assert set(listed()) == {"stranger", "owner"}
    page = applications.listing(ApplicationState.SUBMITTED, by=CENTRE, now=NOW, limit=9, cursor=None)
    assert page.beside == {"stranger": {"owner"}, "owner": {"stranger"}}


def test_who_shares_with_nobody_is_shown_alone() -> None:
    apply("a1")
    apply("a2", phone="10000000002")
    page = applications.listing(ApplicationState.SUBMITTED, by=CENTRE, now=NOW, limit=9, cursor=None)
    assert page.beside == {"a1": frozenset(), "a2": frozenset()}


def test_approving_one_ends_the_others_with_its_number() -> None:
    apply("stranger", name="别人")
    apply("owner")
    apply("third", phone="10000000002")
    approve("owner")
    assert (listed(), listed(SUPERSEDED)) == (["third"], ["stranger"])
    assert stored_people.get("owner").name == FORM.name
    assert (answers.find("owner") is not None, answers.find("stranger")) == (True, None)
    ended = store.get("stranger")
    assert (ended.state, ended.decided_by, ended.form.name) == (SUPERSEDED, CENTRE.id, "别人")
    assert ApplicationItem.get("stranger").expires_at == int((NOW + 90 * DAY).timestamp())
    assert What.DECIDED_APPLICATION in {line.what for line in access.of("stranger", limit=9)}
    refusal = refused(lambda: approve("stranger"))
    assert isinstance(refusal, AlreadyDone) and refusal.rule == "application_superseded"


def test_rejecting_one_leaves_the_others_waiting() -> None:
    apply("stranger", name="别人")
    apply("owner")
    applications.reject("stranger", "非本人", key=None, by=CENTRE, now=NOW)
    assert listed() == ["owner"] and together() == {"owner"}
    apply("again", name="别人")
    assert together() == {"owner", "again"}


def test_the_oldest_stay_where_too_many_wait() -> None:
    for number in range(5):
        apply(f"a{number}", name=f"申请人{number}")  # no refusal, however many
    assert set(listed()) == {"a0", "a1", "a2"}
    assert store.recruitment(CALL.code).used == 3


def test_a_number_is_free_again_when_nobody_waits_with_it() -> None:
    apply("a1")
    applications.reject("a1", "a", key=None, by=CENTRE, now=NOW)
    assert together() == set()
    item = ApplicationItem.get(f"phone#{FORM.phone}")
    assert item.expires_at == int(NOW.timestamp()) and not item.forms
    apply("a2")
    assert together() == {"a2"}


def test_what_has_expired_keeps_nobody_out() -> None:
    for number in range(3):
        apply(f"a{number}", name=f"申请人{number}")
    item = ApplicationItem.get(f"phone#{FORM.phone}")
    item.update([ApplicationItem.expires_at.set(int((NOW - timedelta(days=1)).timestamp()))])
    for number in range(3):
        ApplicationItem(f"a{number}").delete()
    apply("owner")
    approve("owner")
    assert stored_people.get("owner").phone == FORM.phone and together() == set()


def test_one_who_comes_while_another_is_approved_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    apply("a1")
    of = waiting.of

    def late(phone: str) -> waiting.Waiting:
        found = of(phone)
        monkeypatch.setattr(waiting, "of", of)
        apply("a2", name="别人")
        return found

    monkeypatch.setattr(waiting, "of", late)
    assert refused(approve).rule == "changed_meanwhile"
    approve()
    assert (listed(), listed(SUPERSEDED)) == ([], ["a2"])


def test_at_once_no_more_wait_than_may() -> None:
    def one(number: int) -> str:
        try:
            apply(f"a{number}", name=f"申请人{number}")
        except DomainError as error:
            return error.rule
        return "received"

    with ThreadPoolExecutor(5) as pool:
        found = list(pool.map(one, range(5)))
    assert set(found) <= {"received", "store_contention"}
    assert len(listed()) == len(together()) <= 3


def test_two_approved_at_once_make_one_courier() -> None:
    apply("a1")
    apply("a2", name="别人")

    def one(id: str) -> str:
        try:
            return approve(id).state
        except DomainError as error:
            return error.rule

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(one, ("a1", "a2")))
    assert found.count("approved") == 1
    assert len(listed(SUPERSEDED)) == 1 and listed() == []
