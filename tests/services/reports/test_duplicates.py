"""What may be the same matter is suggested to whoever may merge it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import ContentType, Findings
from chalicelib.domain.photos import ready as ready_photo
from chalicelib.services.reports import duplicates, intake
from chalicelib.services.reports.duplicates import Likely
from chalicelib.store.reports import photos
from tests.builders import CENTRE, COURIER, COURIER2, GRID_MEMBER, IN_GRID_1, NOW, VILLAGER, draft

pytestmark = pytest.mark.usefixtures("rules")
FAR = replace(IN_GRID_1, lat=IN_GRID_1.lat + 0.002)
HASH, NEAR_HASH, OTHER_HASH = "a3f1c2d4e5b60789", "a3f1c2d4e5b6078b", "5c0e3d2b1a49f876"


def submitted(id: str, *, by: Actor = COURIER, dhash: str | None = None, days: int = 0, **changes: object) -> None:
    """A report, with a photo that has been developed."""
    files = (ContentType.JPEG,) if dhash else ()
    taken = intake.accept(id, draft(files=files, **changes), key=None, by=by, now=NOW + timedelta(days=days))
    for photo in taken.files:
        photos.settle(ready_photo(photo, Findings(sha256=id, dhash=dhash, width=9, height=9, sizes=(320,))))


def found(id: str, by: Actor = GRID_MEMBER) -> list[Likely]:
    return duplicates.of(id, by=by, now=NOW)


def ids(id: str, by: Actor = GRID_MEMBER) -> list[str]:
    return [one.report.id for one in found(id, by)]


def test_the_same_kind_near_by_and_nearly_the_same_photo_are_suggested_photos_first() -> None:
    submitted("r1", dhash=HASH)
    submitted("near", by=COURIER2)
    submitted("alike", by=COURIER2, kind="0302", spot=FAR, dhash=NEAR_HASH)
    submitted("else", by=COURIER2, kind="0302", spot=FAR, dhash=OTHER_HASH)
    alike, near = found("r1")
    assert (alike.report.id, alike.bits) == ("alike", 1) and alike.distance_m == pytest.approx(222, abs=2)
    assert (near.report.id, near.bits, near.distance_m) == ("near", None, 0)


def test_what_is_older_than_three_days_or_has_ended_is_none() -> None:
    submitted("old", by=COURIER2, days=-4, dhash=HASH)
    submitted("r1", dhash=HASH)
    assert ids("r1") == []


def test_a_secret_or_unclassified_report_is_suggested_to_who_may_see_it_by_its_photo_alone() -> None:
    submitted("r1", dhash=HASH)
    submitted("secret", by=COURIER2, kind="0801", dhash=HASH)
    submitted("unnamed", by=COURIER2, kind=None, dhash=HASH)
    assert ids("r1") == ["unnamed"]  # the grid member looks at it, the secret is the centre's
    assert sorted(ids("r1", CENTRE)) == ["secret", "unnamed"]


def test_only_who_may_merge_it_is_shown_any() -> None:
    submitted("r1")
    for by in (COURIER, VILLAGER):
        with pytest.raises(Forbidden, match="not_your_part"):
            found("r1", by)
    with pytest.raises(NotFound):
        found("r1", COURIER2)
