"""The photos table: places are taken once, verdicts stand."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import photos as rules
from chalicelib.domain.errors import AlreadyDone, Conflict
from chalicelib.domain.photos import ContentType, Findings, Photo, Purpose, State

pytestmark = pytest.mark.usefixtures("tables")
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
FOUND = Findings(
    sha256="ab" * 32,
    dhash="00ff00ff00ff00ff",
    width=4000,
    height=3000,
    taken_at=NOW,
    taken_point=(24.61, 118.005),
    sizes=(320, 1024, 2048),
)


def declared(*wanted: tuple[Purpose, ContentType]) -> tuple[Photo, ...]:
    from chalicelib.store.base import Transaction
    from chalicelib.store.reports import photos as store

    made = rules.declare("r1", wanted, by="c1", now=NOW)
    transaction = Transaction()
    store.declare(made, transaction)
    transaction.commit()
    return made


AT_ONCE = timedelta(0)


def require(*ids: str, since: datetime = NOW, later: timedelta = AT_ONCE) -> None:
    from chalicelib.store.base import Transaction
    from chalicelib.store.reports import photos as store

    transaction = Transaction()
    store.require_after("r1", ids, since=since, now=NOW + later, transaction=transaction)
    transaction.commit()


def test_what_is_declared_comes_back_in_one_query() -> None:
    from chalicelib.store.reports import photos as store

    made = declared((Purpose.BEFORE, ContentType.JPEG), (Purpose.AFTER, ContentType.HEIC))
    assert store.of("r1") == sorted(made, key=lambda photo: photo.id)
    assert store.find("r1", "before-1") == made[0]
    assert store.find("r1", "before-2") is None and store.of("r2") == []


def test_a_place_is_taken_once() -> None:
    declared((Purpose.BEFORE, ContentType.JPEG))
    with pytest.raises(Conflict) as refusal:
        declared((Purpose.AFTER, ContentType.JPEG), (Purpose.BEFORE, ContentType.PNG))
    assert refusal.value.rule == "photo_place_taken" and refusal.value.facts == {"photo": "before-1"}


def test_the_place_of_a_refused_file_may_be_declared_anew() -> None:
    from chalicelib.store.reports import photos as store

    (first,) = declared((Purpose.BEFORE, ContentType.JPEG))
    store.settle(rules.refused(first, "photo_broken"))
    assert (kept := store.find("r1", "before-1")) and (kept.state, kept.reason) == (State.REFUSED, "photo_broken")
    (again,) = declared((Purpose.BEFORE, ContentType.PNG))
    assert store.find("r1", "before-1") == again


@pytest.mark.parametrize("found", [FOUND, Findings(sha256="cd" * 32, seconds=12.5)])
def test_findings_come_back_as_they_were(found: Findings) -> None:
    from chalicelib.store.reports import photos as store

    (photo,) = declared((Purpose.BEFORE, ContentType.JPEG))
    store.settle(rules.ready(photo, found))
    assert store.find("r1", "before-1") == rules.ready(photo, found)


def test_a_verdict_stands() -> None:
    from chalicelib.store.reports import photos as store

    (photo,) = declared((Purpose.BEFORE, ContentType.JPEG))
    store.settle(rules.ready(photo, FOUND))
    with pytest.raises(AlreadyDone):
        store.settle(rules.refused(photo, "photo_broken"))
    nobody = rules.declare("r9", [(Purpose.BEFORE, ContentType.JPEG)], by="c1", now=NOW)[0]
    with pytest.raises(AlreadyDone):
        store.settle(rules.ready(nobody, FOUND))


def test_after_photos_count_once_declared_and_until_refused() -> None:
    from chalicelib.store.reports import photos as store

    awaited, ready, refused = declared(*[(Purpose.AFTER, ContentType.JPEG)] * 3)
    store.settle(rules.ready(ready, FOUND))
    require(awaited.id, ready.id)
    store.settle(rules.refused(refused, "photo_broken"))
    for id in (refused.id, "after-9"):
        with pytest.raises(Conflict) as refusal:
            require(ready.id, id)
        assert refusal.value.rule == "photo_not_after" and refusal.value.facts == {"photo": id}


def test_an_after_photo_is_of_this_stage_and_came_or_may_still_come() -> None:
    from chalicelib.store.reports import photos as store

    awaited, ready = declared(*[(Purpose.AFTER, ContentType.JPEG)] * 2)
    store.settle(rules.ready(ready, FOUND))
    require(awaited.id, later=timedelta(days=7))
    require(ready.id, later=timedelta(days=70))
    for late in ({"later": timedelta(days=7, seconds=1)}, {"since": NOW + timedelta(seconds=1)}):
        with pytest.raises(Conflict):
            require(awaited.id, **late)


def test_what_is_rechecked_must_have_come() -> None:
    from chalicelib.store.base import Transaction
    from chalicelib.store.reports import photos as store

    awaited, ready = declared(*[(Purpose.AFTER, ContentType.JPEG)] * 2)
    store.settle(rules.ready(ready, FOUND))
    for ids, good in (((ready.id,), True), ((ready.id, awaited.id), False), (("after-9",), False)):
        transaction = Transaction()
        store.require_shown("r1", ids, transaction=transaction)
        if good:
            transaction.commit()
            continue
        with pytest.raises(Conflict) as refusal:
            transaction.commit()
        assert refusal.value.rule == "photo_not_shown"


def test_the_place_of_a_file_that_never_came_is_free_after_seven_days() -> None:
    from chalicelib.store.base import Transaction
    from chalicelib.store.reports import photos as store

    (lost,) = declared((Purpose.BEFORE, ContentType.JPEG))
    later = NOW + rules.FRESH_FORMS_FOR + timedelta(seconds=1)
    (again,) = rules.declare("r1", [(Purpose.BEFORE, ContentType.PNG)], existing=[lost], by="c1", now=later)
    assert again.id == lost.id
    transaction = Transaction()
    store.declare([again], transaction)
    transaction.commit()
    assert store.find("r1", lost.id) == again


def test_other_photos_and_voices_do_not_show_a_result() -> None:
    declared((Purpose.BEFORE, ContentType.JPEG), (Purpose.AFTER, ContentType.OGG))
    for id in ("before-1", "after-voice"):
        with pytest.raises(Conflict):
            require(id)
