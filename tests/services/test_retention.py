"""What is kept too long is forgotten: by its day, whole, once, and however often a run breaks off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain import photos as photo_rules
from chalicelib.domain.access import What
from chalicelib.domain.people import Person, PersonState, Post, Role
from chalicelib.domain.photos import ContentType, Findings, Photo, Purpose, State
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.retention import Way
from chalicelib.gateways import files
from chalicelib.services import erasure, reference, retention
from chalicelib.services.retention import Tally
from chalicelib.store import access, editions, history, people, photos, reports
from chalicelib.store import retention as store
from chalicelib.store.base import Transaction
from tests.builders import COURIER, DATA, GRID_MEMBER, NOW, report
from tests.lines import event, standing

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("short_terms")
BUCKET = "fenjian-test-photos"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# As shipped a run walks through every day of five years: once in a while in life, too often for tests.
DAYS = {"photo_original": (365, 4), "photo_shown": (1095, 7), "report_text": (1825, 10), "reporter_identity": (365, 5)}
TERMS = {kind: short * DAY for kind, (_, short) in DAYS.items()}


@pytest.fixture
def short_terms(rules: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped table with days for years, and a township that began the day before."""
    body = (DATA / "retention.csv").read_text()
    for kind, (shipped, short) in DAYS.items():
        assert f"{kind},{shipped}," in body
        body = body.replace(f"{kind},{shipped},", f"{kind},{short},")
    reference.publish("retention", body.encode(), base=None, by="test", now=NOW - 2 * DAY)
    monkeypatch.setattr(editions, "began", lambda name, *, now: NOW - DAY)


def ended(id: str = "r1", at: datetime = NOW, **changes: Any) -> Report:
    """A closed report with its text and three lines of history, the last of which ended it."""
    head = report(Status.CLOSED, id=id, ended_at=at, excerpt="王阿姨门口", version=1, **changes)
    transaction = Transaction()
    reports.put(head, transaction=transaction)
    reports.put_text(id, "王阿姨门口的井盖松了，电话13800000000", transaction=transaction)
    before, after = standing(Status.SUBMITTED), standing(Status.CLOSED)
    asked = standing(Status.NEEDS_INFO, holder=Post(Role.COURIER, COURIER.id).key)
    said = {"phone": "13800000000", "plan": "找老李", "outcome": "to_village", "severity": 2, "to": "三 号"}
    lines = [
        event(Action.SUBMIT, None, before, number=1, actor_id=COURIER.id, note="王阿姨"),
        event(Action.ASK_INFO, before, asked, number=2, note="是哪一家？"),
        event(Action.CONFIRM, asked, after, number=3, note="找老李办的", at=at, details=said),
    ]
    for number, line in enumerate(lines):
        moved = replace(line, subject_id=id, id=f"{id}#{number + 1:06}", at=at - (2 - number) * HOUR)
        history.append(moved, transaction)
    transaction.commit()
    return head


def run(now: datetime, *, dry: bool = False, pages: int | None = None) -> dict[str, Tally]:
    """One look at a moment, with time for so many pages."""
    left = iter([True] * (10_000 if pages is None else pages))
    tallies = retention.run(now=now, dry=dry, may_go_on=lambda: next(left, False))
    return {tally.kind: tally for tally in tallies}


def after(kind: str, at: datetime = NOW) -> datetime:
    """An hour after the kind's time is over for what ended then."""
    return at + TERMS[kind] + HOUR


def is_anonymous(id: str) -> bool:
    return reports.get(id).reporter_id == f"nobody#{id}"


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


def test_a_day_before_its_time_nothing_goes() -> None:
    ended()
    tally = run(after("report_text") - DAY)["report_text"]
    assert (tally.count, tally.whole) == (0, True) and not is_anonymous("r1")


def test_what_was_reopened_is_not_due_until_it_ends_again() -> None:
    head = ended()
    transaction = Transaction()
    reports.put(replace(head, ended_at=NOW + 3 * DAY, version=2), transaction=transaction)
    was = standing(Status.RESOLVED)
    again = event(Action.CONFIRM, was, standing(Status.CLOSED), number=4, at=NOW + 3 * DAY, id="r1#000004")
    history.append(again, transaction)
    transaction.commit()
    assert run(after("report_text"))["report_text"].count == 0 and not is_anonymous("r1")
    assert run(after("report_text", NOW + 3 * DAY))["report_text"].count == 1 and is_anonymous("r1")


def test_what_is_still_open_stays() -> None:
    head = ended()
    transaction = Transaction()
    reports.put(replace(report(Status.IN_HANDLING), version=2, reporter_id=head.reporter_id), transaction=transaction)
    transaction.commit()
    assert run(after("report_text"))["report_text"].count == 0 and not is_anonymous("r1")


def test_a_dry_run_tells_what_is_due_and_changes_nothing() -> None:
    for number in range(3):
        ended(f"r{number}", NOW + number * DAY)
    for _ in range(2):
        tally = run(after("report_text", NOW + DAY), dry=True)["report_text"]
        assert (tally.count, tally.oldest, tally.newest) == (2, NOW, NOW + DAY)
    assert not is_anonymous("r0") and store.position("report_text") is None
    assert access.of("report_text", limit=5, cursor=None).entries == []


def test_kinds_that_end_by_themselves_or_are_not_kept_yet_are_told() -> None:
    told = run(NOW, dry=True)
    assert {kind for kind, tally in told.items() if tally.way is Way.EXPIRES} == {
        "access_log",
        "sms_code",
        "export_file",
    }
    assert {kind for kind, tally in told.items() if tally.way is Way.NOTHING} == {
        "beneficiary_personal",
        "beneficiary_coordinates",
        "door_photo",
        "guardian_consent",
    }


def test_days_without_a_run_are_caught_up_and_a_second_run_finds_nothing() -> None:
    ended("r1", NOW)
    run(after("report_text", NOW))
    for number in range(2, 5):
        ended(f"r{number}", NOW + number * 4 * DAY)
    late = after("report_text", NOW + 20 * DAY)
    assert run(late)["report_text"].count == 3 and all(is_anonymous(f"r{number}") for number in range(1, 5))
    assert run(late + HOUR)["report_text"].count == 0


def test_a_run_that_has_no_time_left_is_continued_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 3)  # lines: one report a page
    for number in range(4):
        ended(f"r{number}", NOW + number * DAY)
    now, rounds = after("report_text", NOW + 4 * DAY), 0
    counts, whole = 0, False
    while not whole and rounds < 10:
        tally = retention._reports(_term(), retention.Run(now=now, dry=False, may_go_on=_pages(1)))
        counts, whole, rounds = counts + tally.count, tally.whole, rounds + 1
    assert (counts, whole) == (4, True) and rounds > 3
    assert all(is_anonymous(f"r{number}") for number in range(4))


def _term() -> Any:
    from chalicelib.domain import retention as rules

    return rules.Term(kind="report_text", days=10, begins="report ended", then=rules.Then.ANONYMISE)


def _pages(number: int) -> Callable[[], bool]:
    left = iter([True] * number)
    return lambda: next(left, False)


class Crash(Exception):
    """The machine is gone."""


@pytest.mark.parametrize("step", ["lines", "head", "position"])
def test_a_crash_anywhere_is_made_good_by_the_next_run(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    ended()
    broken = {"lines": (history, "strip"), "head": (reports, "erase_text"), "position": (store, "move")}[step]
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(*broken, crash)
        run(after("report_text"))
    run(after("report_text") + HOUR)
    assert is_anonymous("r1") and reports.get_whole("r1")[1] == "" and store.position("report_text")


def test_one_that_fails_keeps_nobody_waiting_and_is_tried_first_next_time() -> None:
    ended("r1")
    ended("r2")

    def fails(report: Report, *, dry: bool) -> bool:
        if report.id == "r1":
            raise Crash
        return erasure.text(report, dry=dry)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(erasure.OF_REPORTS, "report_text", fails)
        tally = run(after("report_text"))["report_text"]
        assert (tally.count, tally.failed) == (2, 1) and is_anonymous("r2") and not is_anonymous("r1")
        assert run(after("report_text") + HOUR)["report_text"].failed == 1
    assert store.left("report_text", limit=5) == ["r1"]
    tally = run(after("report_text") + 2 * HOUR)["report_text"]
    assert (tally.count, tally.failed) == (1, 0) and is_anonymous("r1")
    assert store.left("report_text", limit=5) == []


def test_what_failed_and_was_reopened_is_let_go() -> None:
    ended("r1")
    store.leave("report_text", "r1", now=NOW)
    assert run(NOW)["report_text"].count == 0
    assert store.left("report_text", limit=5) == [] and not is_anonymous("r1")


def test_a_run_is_one_line_a_kind_in_the_access_record() -> None:
    for number in range(3):
        ended(f"r{number}", NOW + number * DAY)
    run(after("report_text", NOW + 2 * DAY))
    [line] = access.of("report_text", limit=5, cursor=None).entries
    assert (line.actor_id, line.what) == ("retention", What.RAN_RETENTION)
    assert (line.details["count"], line.details["failed"]) == (3, 0)


def test_two_runs_at_once_do_not_get_in_each_others_way() -> None:
    from chalicelib.domain.errors import StaleVersion

    ended()
    transaction = Transaction()
    store.move("report_text", before=None, to=NOW, transaction=transaction)
    transaction.commit()
    late = Transaction()
    store.move("report_text", before=None, to=NOW - DAY, transaction=late)
    with pytest.raises(StaleVersion):
        late.commit()


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

    def test_the_copies_go_later_and_the_photo_says_so(self, bucket: "S3Client") -> None:
        told = run(after("photo_shown"))
        assert (told["photo_original"].count, told["photo_shown"].count) == (1, 1)
        assert self.keys(bucket) == ["shown/r2/a"]
        assert photos.of("r1")[0].state is State.ERASED

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
