"""Asking for a file, looking how far it is, fetching it; and what is noted of all that."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.domain.errors import Busy, Conflict, Forbidden, Invalid, KeyReused, NotFound, TooManyRequests
from chalicelib.domain.exports import jobs
from chalicelib.domain.exports.asking import Wish
from chalicelib.domain.exports.jobs import Job
from chalicelib.domain.exports.terms import ExportState, Ground
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.gateways import lean_queues
from chalicelib.services.exports import exports
from chalicelib.store.exports import exports as store
from chalicelib.store.people import access
from tests.bench.calls import counted
from tests.builders import ADMIN, AUDITOR, CENTRE, DATA, NOW, VILLAGER, actor

pytestmark = pytest.mark.usefixtures("rules")
WISH = Wish(first="2026-11", last="2026-11", purpose="月度分析")
KEY = Key(caller_id="centre", key="k", fingerprint="f")


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The messages to the worker."""
    found: list[str] = []
    monkeypatch.setattr(lean_queues, "send", lambda queue, body, delay: found.append(f"{queue} {body}"))
    return found


def ask(id: str = "e1", wish: Wish = WISH, *, by: Actor = CENTRE, key: Key | None = None, now: datetime = NOW) -> Job:
    return exports.ask(id, wish, key=key, by=by, now=now)


def noted(subject: str) -> list[tuple[str, What, str]]:
    entries = access.of(subject, limit=50)
    return [(entry.actor_id, entry.what, entry.purpose) for entry in entries]


def ready(job: Job) -> Job:
    done = jobs.finished(store.get(job.id), NOW)
    exports.save(done)
    return done


def test_a_wish_becomes_a_job_a_message_and_a_line_in_the_access_log(sent: list[str]) -> None:
    job = ask(wish=replace(WISH, ground=Ground.CONTACT))
    assert store.get("e1") == job and job.state is ExportState.WAITING
    assert sent == ['exports {"id":"e1"}']
    assert noted("e1") == [("centre", What.EXPORTED, "月度分析")]
    (entry,) = access.of("e1", limit=9)
    assert (entry.details["ground"], entry.details["first"]) == ("contact", "2026-11-01")


def test_asking_costs_one_read_of_the_rules_and_one_transaction() -> None:
    from chalicelib.store.reference import reference

    reference.forget()
    with counted() as calls:
        ask(key=KEY)
    assert calls.names == ["BatchGetItem", "TransactWriteItems"]


def test_the_same_key_is_the_same_job_and_sends_for_the_worker_again(sent: list[str]) -> None:
    first = ask("e1", key=KEY)
    assert ask("e2", key=KEY) == first
    assert sent == ['exports {"id":"e1"}'] * 2
    assert len(noted("e1")) == 1 and noted("e2") == []
    ready(first)
    assert ask("e3", key=KEY).state is ExportState.READY and len(sent) == 2
    with pytest.raises(KeyReused):
        ask("e4", key=replace(KEY, fingerprint="g"))


def test_a_queue_that_takes_nothing_is_said_and_the_job_stands(
    monkeypatch: pytest.MonkeyPatch, sent: list[str]
) -> None:
    def refuse(*_: str, **__: object) -> None:
        raise Busy("queue_busy")

    with monkeypatch.context() as broken, pytest.raises(Busy):
        broken.setattr(lean_queues, "send", refuse)
        ask(key=KEY)
    assert ask("e2", key=KEY).id == "e1" and sent == ['exports {"id":"e1"}']


def test_a_kind_that_does_not_exist_is_refused(sent: list[str]) -> None:
    with pytest.raises(Invalid):
        ask(wish=replace(WISH, kind="9999"))
    assert sent == []


def test_a_person_has_so_many_a_day() -> None:
    for number in range(20):
        ask(f"e{number}")
    with pytest.raises(TooManyRequests):
        ask("e20")
    assert ask("e21", now=NOW + timedelta(days=1))
    assert ask("e22", by=ADMIN)


def test_status_is_for_the_requester_and_the_auditor() -> None:
    ask()
    for by in (CENTRE, AUDITOR):
        assert exports.view("e1", by=by, now=NOW).id == "e1"
    for by in (ADMIN, VILLAGER):
        with pytest.raises(NotFound):
            exports.view("e1", by=by, now=NOW)
    with pytest.raises(NotFound):
        exports.view("e2", by=CENTRE, now=NOW)


def test_a_job_that_everybody_forgot_is_sent_for_again_but_not_at_every_look(sent: list[str]) -> None:
    ask()
    sent.clear()
    exports.view("e1", by=CENTRE, now=NOW + timedelta(minutes=1))
    assert sent == []
    later = NOW + timedelta(minutes=3)
    exports.view("e1", by=CENTRE, now=later)
    exports.view("e1", by=CENTRE, now=later + timedelta(seconds=30))
    assert sent == ['exports {"id":"e1"}']


def test_a_job_that_somebody_took_meanwhile_is_left_to_him(monkeypatch: pytest.MonkeyPatch, sent: list[str]) -> None:
    old = ask()
    later = NOW + timedelta(minutes=3)
    exports.save(jobs.taken(old, "worker", later))
    sent.clear()
    monkeypatch.setattr(store, "get", lambda _: old)
    assert exports.view("e1", by=CENTRE, now=later) == old and sent == []


def test_the_file_is_fetched_by_a_short_lived_link_under_a_chinese_name(monkeypatch: pytest.MonkeyPatch) -> None:
    job = ready(ask())
    got = exports.fetch(job, by=CENTRE, now=NOW + timedelta(minutes=1))
    query = parse_qs(urlsplit(got.url).query)
    assert got.filename == "上报导出_2026-11-01_2026-11-30_20261123-0900.csv"
    assert got.expires_at == NOW + timedelta(minutes=6) and query["X-Amz-Expires"] == ["300"]
    (disposition,) = query["response-content-disposition"]
    assert disposition == (
        'attachment; filename="fenjian-2026-11-01-2026-11-30.csv"; '
        "filename*=UTF-8''%E4%B8%8A%E6%8A%A5%E5%AF%BC%E5%87%BA_2026-11-01_2026-11-30_20261123-0900.csv"
    )
    assert query["response-content-type"] == ["text/csv; charset=utf-8"]
    assert noted("e1")[0] == ("centre", What.FETCHED_EXPORT, "月度分析")


def test_each_fetch_is_noted() -> None:
    job = ready(ask())
    for minute in range(3):
        exports.fetch(job, by=CENTRE, now=NOW + timedelta(minutes=minute))
    assert [what for _, what, _ in noted("e1")].count(What.FETCHED_EXPORT) == 3


def test_only_the_requester_fetches_and_only_as_long_as_he_holds_his_post() -> None:
    job = ready(ask())
    with pytest.raises(NotFound):
        exports.fetch(job, by=AUDITOR, now=NOW)
    with pytest.raises(Forbidden) as refused:
        exports.fetch(job, by=actor(CENTRE.id), now=NOW)
    assert refused.value.rule == "role_lost"
    assert len(noted("e1")) == 1, "what was refused was not fetched"


@pytest.mark.parametrize(("state", "after"), [("waiting", 0), ("erased", 7)])
def test_a_file_that_is_not_there_has_no_link(state: str, after: int) -> None:
    job = ask()
    if after:
        job = ready(job)
    with pytest.raises(Conflict) as refused:
        exports.fetch(job, by=CENTRE, now=NOW + timedelta(days=after))
    assert refused.value.facts["state"] == state


def test_everyone_lists_his_own_newest_first_page_by_page() -> None:
    for number in range(5):
        ask(f"e{number}")
    ask("f1", by=ADMIN)
    first = exports.listing(by=CENTRE, limit=3, cursor=None, now=NOW)
    second = exports.listing(by=CENTRE, limit=3, cursor=first.cursor, now=NOW)
    assert [job.id for job in (*first.jobs, *second.jobs)] == ["e4", "e3", "e2", "e1", "e0"]
    assert second.cursor is None
    assert exports.listing(by=VILLAGER, limit=3, cursor=None, now=NOW).jobs == []


def test_the_auditor_lists_everybodys_and_that_is_noted() -> None:
    ask("e1")
    ask("e2", by=ADMIN)
    page = exports.listing(by=AUDITOR, limit=9, cursor=None, now=NOW)
    assert [(job.id, job.requester_id) for job in page.jobs] == [("e2", "admin"), ("e1", "centre")]
    assert noted("exports:350211102") == [("auditor", What.READ_ACCESS_LOG, "")]


def test_a_list_is_a_query_and_a_batch() -> None:
    ask()
    with counted() as calls:
        exports.listing(by=CENTRE, limit=9, cursor=None, now=NOW)
    assert calls.names == ["Query", "BatchGetItem"]


def test_a_record_is_forgotten_with_the_access_log_not_with_the_file() -> None:
    ask()
    item = store.JobItem.get("e1")
    assert datetime.fromtimestamp(item.expires_at, UTC) == NOW + timedelta(days=1095)


def test_the_worker_is_sent_for_through_botocore_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    class Sqs:
        def send_message(self, **given: object) -> None:
            asked.update(given)

    monkeypatch.undo()
    monkeypatch.setattr(lean_queues, "client", Sqs)
    exports.send_for("e1")
    assert asked["MessageBody"] == '{"id":"e1"}' and asked["QueueUrl"].endswith("fenjian-test-exports")


def test_a_file_is_kept_as_long_as_the_table_said_when_it_was_asked_for() -> None:
    from chalicelib.services.reference import tables as reference

    body = (DATA / "retention.csv").read_text(encoding="utf-8").replace("export_file,7,", "export_file,3,")
    reference.publish("retention", body.encode(), base=None, by="test", now=NOW)
    job = ready(ask())
    assert job.key == "exports/3/e1/1.csv" and job.erase_at == NOW + timedelta(days=3)
