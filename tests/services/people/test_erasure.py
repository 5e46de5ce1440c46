"""What is forgotten of reports, photos and people, and what stays of them."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain import photos as photo_rules
from chalicelib.domain.fraud.findings import Draft, Evidence, Fact, told
from chalicelib.domain.fraud.terms import Signal
from chalicelib.domain.people.model import Person, PersonState
from chalicelib.domain.photos import ContentType, Findings, Photo, Purpose, State
from chalicelib.domain.publications import Publication
from chalicelib.domain.reports.model import Action, Status
from chalicelib.gateways import files
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import findings
from chalicelib.store.people import people
from chalicelib.store.reports import photos, publications, reports
from tests.builders import COURIER, GRID_MEMBER, NOW, TOWNSHIP
from tests.retained import DAY, HOUR, after, ended, run, short_terms

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("short_terms")
__all__ = ["short_terms"]
BUCKET = "fenjian-test-photos"


def test_words_and_reporter_go_and_what_happened_stays() -> None:
    ended()
    run(after("report_text"))
    head, text = reports.get_whole("r1")
    assert (head.reporter_id, head.excerpt, text, head.status) == ("nobody#r1", "", "", Status.CLOSED)
    lines = history.of("r1")
    assert [line.action for line in lines] == [Action.SUBMIT, Action.ASK_INFO, Action.CONFIRM]
    assert [line.actor_id for line in lines] == ["nobody#r1", GRID_MEMBER.id, GRID_MEMBER.id]
    assert {line.note for line in lines} == {""} and lines[2].details == {"outcome": "to_village", "severity": 2}
    assert lines[1].standing.holder == "courier:nobody#r1" and lines[2].at == NOW
    left = repr((head, text, lines))
    assert not [word for word in (COURIER.id + "'", "王", "李", "13800000000") if word in left]


def left_at(at: datetime, id: str = "p1") -> None:
    person = Person(id=id, name="陈", phone="13900000000", posts=(), valid_from=NOW, state=PersonState.LEFT, left_at=at)
    people.put(person)


def test_who_left_is_forgotten_when_his_time_is_over_and_his_phone_is_free() -> None:
    left_at(NOW)
    assert run(NOW + 4 * DAY)["reporter_identity"].count == 0
    assert run(NOW + 6 * DAY, dry=True)["reporter_identity"].count == 1
    assert people.get("p1").phone == "13900000000"
    tally = run(NOW + 6 * DAY)["reporter_identity"]
    gone = people.get("p1")
    assert (tally.count, tally.oldest) == (1, NOW)
    assert (gone.name, gone.phone, gone.state) == ("", "", PersonState.ERASED)
    assert people.by_phone("13900000000") is None
    assert run(NOW + 7 * DAY)["reporter_identity"].count == 0


def test_who_came_back_stays() -> None:
    left_at(NOW)
    people.put(replace(people.get("p1"), state=PersonState.ACTIVE, left_at=None))
    assert run(NOW + 40 * DAY)["reporter_identity"].count == 0


class TestPhotos:
    """The bucket is on the emulator, and so are the tables."""

    @pytest.fixture
    def backend(self) -> str:
        return "ministack"

    @pytest.fixture(autouse=True)
    def photo(self, rules: None, bucket: "S3Client") -> Photo:
        """A photo of an ended report, with its original and copies."""
        ended()
        (photo,) = photo_rules.declare("r1", [(Purpose.BEFORE, ContentType.JPEG)], by=COURIER.id, now=NOW)
        transaction = Transaction()
        photos.declare([photo], transaction)
        transaction.commit()
        found = Findings(sha256="a", dhash="b", sizes=(320, 1024), taken_at=NOW, taken_point=(24.6, 117.9))
        photos.settle(photo_rules.ready(photo, found))
        for key in ("original/r1/before-1", "shown/r1/before-1/320.webp", "shown/r1/before-1/1024.webp", "shown/r2/a"):
            bucket.put_object(Bucket=BUCKET, Key=key, Body=b"x")
        return photo

    @staticmethod
    def keys(bucket: "S3Client") -> list[str]:
        return [item["Key"] for item in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])]

    def test_the_original_goes_first(self, bucket: "S3Client") -> None:
        assert run(after("photo_original"))["photo_original"].count == 1
        assert self.keys(bucket) == ["shown/r1/before-1/1024.webp", "shown/r1/before-1/320.webp", "shown/r2/a"]
        (photo,) = photos.of("r1")
        assert (photo.state, photo.has_original) == (State.READY, False)
        assert photo.found and (photo.found.taken_at, photo.found.taken_point) == (None, None)
        assert run(after("photo_original") + HOUR)["photo_original"].count == 0

    def test_what_a_camera_wrote_goes_from_findings_too(self) -> None:
        facts: dict[str, Fact] = {"hours": 40.0, "taken_at": NOW.isoformat()}
        draft = Draft(
            signal=Signal.PHOTO_TIME,
            subject=f"r1#{COURIER.id}",
            person_id=COURIER.id,
            evidence=(Evidence(report="r1", photo="before-1", facts=facts),),
        )
        made, transaction = told(None, draft, township=TOWNSHIP, now=NOW), Transaction()
        assert made
        findings.put(made, transaction)
        transaction.commit()
        run(after("photo_original") - DAY)
        assert findings.get(made.id).evidence[0].facts == facts
        run(after("photo_original"))
        assert findings.get(made.id).evidence[0].facts == {"hours": 40.0}

    def test_the_copies_go_later_and_the_photo_says_so(self, bucket: "S3Client") -> None:
        told = run(after("photo_shown"))
        assert (told["photo_original"].count, told["photo_shown"].count) == (1, 1)
        assert self.keys(bucket) == ["shown/r2/a"]
        assert photos.of("r1")[0].state is State.ERASED

    def test_public_copies_go_with_them_whatever_marking_left_them(self, bucket: "S3Client") -> None:
        (photo,) = photos.of("r1")
        said = Publication(number=3, on=True, rectangles=(), by="v", as_role="village", at=NOW, drawn=3)
        publications.put(photo, said, transaction := Transaction())
        transaction.commit()
        for key in (*photo.public(1), *photo.public(3), "public/r2/before-1/1/320.webp"):
            bucket.put_object(Bucket=BUCKET, Key=key, Body=b"x")
        run(after("photo_original"))
        assert len(self.keys(bucket)) == 8, "not yet"
        run(after("photo_shown"))
        assert self.keys(bucket) == ["public/r2/before-1/1/320.webp", "shown/r2/a"]
        assert not photos.of("r1")[0].is_public

    def test_the_photo_is_nobodys_once_the_report_is(self) -> None:
        run(after("report_text"))
        assert photos.of("r1")[0].by == "nobody#r1"

    def test_files_that_could_not_be_deleted_are_tried_again(self, bucket: "S3Client") -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(files, "delete_all", lambda keys: 1 / 0)
            assert run(after("photo_original"))["photo_original"].failed == 1
        assert photos.of("r1")[0].has_original
        assert run(after("photo_original") + HOUR)["photo_original"].count == 1
        assert "original/r1/before-1" not in self.keys(bucket)
