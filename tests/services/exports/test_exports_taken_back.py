"""Taking an export back: who may, what is noted, and that the worker is sent for whatever happens."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Busy, Conflict, NotFound
from chalicelib.domain.exports import jobs
from chalicelib.domain.exports.terms import ExportState
from chalicelib.domain.people.access import What
from chalicelib.gateways import lean_queues
from chalicelib.services.exports import exports
from chalicelib.store.exports import exports as store
from tests.builders import ADMIN, AUDITOR, CENTRE, NOW, VILLAGER
from tests.services.exports.test_exports import ask, noted, ready, sent

__all__ = ["sent"]

pytestmark = pytest.mark.usefixtures("rules")


def test_who_asked_takes_it_back_and_so_may_the_admin_and_nobody_else(sent: list[str]) -> None:
    for number, by in enumerate((CENTRE, ADMIN)):
        job = ready(ask(f"e{number}"))
        for stranger in (AUDITOR, VILLAGER):
            with pytest.raises(NotFound):
                exports.withdraw(job.id, by=stranger, now=NOW)
        exports.withdraw(job.id, by=by, now=NOW)
        gone = exports.view(job.id, by=CENTRE, now=NOW)
        assert (gone.state, gone.erase_at) == (ExportState.WITHDRAWN, NOW)
        assert (by.id, What.WITHDREW_EXPORT, "月度分析") in noted(job.id) and len(noted(job.id)) == 2
        with pytest.raises(Conflict) as refused:
            exports.fetch(gone, by=CENTRE, now=NOW)
        assert refused.value.facts["state"] == "withdrawn"
    with pytest.raises(NotFound):
        exports.withdraw("e9", by=ADMIN, now=NOW)


def test_taken_back_twice_is_noted_once_and_sends_for_the_worker_again(sent: list[str]) -> None:
    ask()
    sent.clear()
    exports.withdraw("e1", by=CENTRE, now=NOW)
    assert sent == ['exports {"id":"e1"}'] * 2, "one before it is decided, to come later, and one at once"
    exports.withdraw("e1", by=CENTRE, now=NOW + timedelta(minutes=1))
    assert len(sent) == 3
    assert [what for _, what, _ in noted("e1")].count(What.WITHDREW_EXPORT) == 1


def test_what_is_taken_back_while_a_part_is_stored_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    job = ask()
    held = jobs.taken(job, "worker", NOW)
    seen = iter([job, job])
    exports.save(held)
    real = store.get
    monkeypatch.setattr(store, "get", lambda id: next(seen, None) or real(id))
    exports.withdraw("e1", by=CENTRE, now=NOW)
    assert real("e1").state is ExportState.WITHDRAWN


def test_what_the_queue_does_not_take_is_not_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ask()

    def refuse(*_: str, **__: object) -> None:
        raise Busy("queue_busy")

    monkeypatch.setattr(lean_queues, "send", refuse)
    with pytest.raises(Busy):
        exports.withdraw("e1", by=CENTRE, now=NOW)
    assert store.get("e1").state is ExportState.WAITING and len(noted("e1")) == 1


def test_a_worker_who_stores_all_the_time_is_told_as_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    job = ask()
    exports.save(jobs.taken(job, "worker", NOW))
    monkeypatch.setattr(store, "get", lambda _: job)
    with pytest.raises(Busy):
        exports.withdraw("e1", by=CENTRE, now=NOW)
