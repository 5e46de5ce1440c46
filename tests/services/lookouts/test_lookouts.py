"""Look-outs: couriers of the grids are told once, answer, are thanked; stopped, nothing of it is shown any more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from chalicelib.domain.idempotency import Key
from chalicelib.domain.lookouts.asking import Wanted
from chalicelib.domain.lookouts.model import Lookout, LookoutKind, LookoutState, Tally, Words
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import ContentType
from chalicelib.domain.places import Point
from chalicelib.domain.timers import TimerMessage
from chalicelib.gateways import queues
from chalicelib.services import retention
from chalicelib.services.lookouts import answering, asking, forgetting, showing, telling
from chalicelib.services.notifications import inbox
from chalicelib.services.people import own_data
from chalicelib.services.reports import timers
from chalicelib.store import history
from chalicelib.store.lookouts import answers as said
from chalicelib.store.lookouts import lookouts as store
from chalicelib.store.reports import due
from tests.builders import CENTRE, COURIER, COURIER2, GRID, GRID_MEMBER, NEXT_GRID, NOW, VILLAGE, VILLAGER
from tests.honouring import courier, known, rule

pytestmark = pytest.mark.usefixtures("rules")
WANTED = Wanted(
    kind=LookoutKind.ELDER,
    words=Words(zh="走失老人，男，约80岁，蓝色外套", en=""),
    grids=(GRID, NEXT_GRID),
    villages=(),
    hours=4,
    photo=False,
    police_told=False,
)
HERE = Point(lat=24.60853, lon=117.97951)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[TimerMessage]]:
    """What was put on the queue of timers: SQS itself has tests of its own."""
    waiting: list[TimerMessage] = []

    def send(_: str, messages: dict[str, str], **__: Any) -> frozenset[str]:
        waiting.extend(msgspec.json.decode(body, type=TimerMessage) for body in messages.values())
        return frozenset()

    monkeypatch.setattr(queues, "send", send)
    yield waiting


@pytest.fixture(autouse=True)
def people(rules: None) -> None:
    known(COURIER, COURIER2, VILLAGER)


def ask(id: str = "l1", *, by: Actor = VILLAGER, now: Any = NOW, key: Key | None = None, **changes: Any) -> Lookout:
    photo = changes.pop("image", None)
    return asking.ask(id, replace(WANTED, **changes), photo, key=key, by=by, now=now)


def answer(seen: bool, place: Point | None = None, *, by: Actor = COURIER, now: Any = NOW) -> answering.Given:
    return answering.answer("l1", seen, place, None, id=f"a-{by.id}", by=by, now=now)


def strike(queue: list[TimerMessage], now: Any, *, times: int = 1) -> None:
    """Whatever has fallen due, and what that puts on the queue, each delivered so many times."""
    queue.extend(one for shard in range(8) for one in timers._due(shard, now))
    while queue:
        message = queue.pop(0)
        for _ in range(times):
            timers.run(message, now=now)


def told(by: Actor) -> list[str]:
    return [one.template for one in inbox.page(by.id, limit=50, cursor=None, now=NOW).messages]


def deeds(id: str = "l1") -> list[str]:
    return [one.deed for one in history.happenings(f"lookout:{id}")]


def test_couriers_of_the_grids_are_told_once_however_often_the_clock_strikes(queue: list[TimerMessage]) -> None:
    ids = [f"c{number:03}" for number in range(90)]
    known(*map(courier, ids))
    ask()
    strike(queue, NOW + MINUTE, times=2)
    strike(queue, NOW + 2 * MINUTE)
    assert all(told(courier(id)) == ["lookout_asked"] for id in (*ids[::15], ids[-1]))
    assert said.behind("l1").asked == 92 and told(VILLAGER) == []
    (due_then,) = [one.at for shard in range(8) for one in due.fallen(shard, NOW + DAY)]
    assert due_then == NOW + timedelta(hours=4)


def test_no_sentence_in_an_inbox_holds_its_words_and_each_says_not_to_pursue(queue: list[TimerMessage]) -> None:
    ask()
    strike(queue, NOW + MINUTE)
    (message,) = inbox.page(COURIER.id, limit=9, cursor=None, now=NOW).messages
    assert "蓝色外套" not in message.zh and "切勿靠近" in message.zh and "call 110" in message.en


def test_who_is_asked_reads_it_while_it_is_open_and_others_never() -> None:
    ask()
    (sheet,) = showing.mine(by=COURIER, now=NOW)
    assert sheet.words == WANTED.words and sheet.tally is None
    assert showing.mine(by=GRID_MEMBER, now=NOW) == []
    assert rule(lambda: showing.show("l1", by=GRID_MEMBER, now=NOW)) == "no_such_lookout"
    assert showing.mine(by=COURIER, now=NOW + timedelta(hours=4)) == []
    assert showing.show("l1", by=COURIER, now=NOW + timedelta(hours=4)).words is None


def test_one_answer_a_courier_that_he_may_change_and_its_place_is_coarse() -> None:
    ask()
    answer(False)
    given = answer(True, HERE)
    assert given.answer.version == 2 and given.answer.place == Point(lat=24.609, lon=117.98)
    (seen,) = showing.answers("l1", by=VILLAGER, now=NOW)
    assert seen.answer.seen and seen.courier == ""
    (named,) = showing.answers("l1", by=CENTRE, now=NOW)
    assert named.courier == "员courier"
    assert showing.show("l1", by=VILLAGER, now=NOW).tally == Tally(asked=0, seen=1, not_seen=0)
    assert told(VILLAGER) == ["lookout_seen"]
    answer(True, HERE)
    assert told(VILLAGER) == ["lookout_seen"]
    assert rule(lambda: answer(False, HERE)) == "lookout_not_seen"
    assert rule(lambda: showing.answers("l1", by=COURIER, now=NOW)) == "no_such_lookout"
    assert [one.number for one in history.happenings("lookout:l1.a-courier")] == [1, 2, 3]


def test_stopped_with_one_tap_nothing_is_shown_and_who_was_asked_is_thanked_once(queue: list[TimerMessage]) -> None:
    ask(image=ContentType.JPEG, photo=True)
    strike(queue, NOW + MINUTE)
    stopped = asking.stop("l1", by=CENTRE, now=NOW + 2 * MINUTE)
    assert asking.stop("l1", by=VILLAGER, now=NOW + 3 * MINUTE) == stopped
    for by in (COURIER, VILLAGER, CENTRE):
        sheet = showing.show("l1", by=by, now=NOW + 2 * MINUTE)
        assert (sheet.words, sheet.photos, sheet.links) == (None, (), ())
    assert rule(lambda: answer(True, now=NOW + 2 * MINUTE)) == "lookout_over"
    strike(queue, NOW + 3 * MINUTE, times=2)
    assert told(COURIER) == ["lookout_stopped", "lookout_asked"] and deeds() == ["asked", "stopped"]
    assert [one for shard in range(8) for one in due.fallen(shard, NOW + DAY)] == []


def test_who_was_not_told_before_it_was_stopped_is_told_nothing(queue: list[TimerMessage]) -> None:
    ask()
    telling.fire("l1", at=NOW, now=NOW + MINUTE)
    asking.stop("l1", by=VILLAGER, now=NOW + MINUTE)
    strike(queue, NOW + 2 * MINUTE)
    assert told(COURIER) == []


def test_it_ends_by_itself_and_without_a_word_to_couriers(queue: list[TimerMessage]) -> None:
    ask(hours=1)
    strike(queue, NOW + MINUTE)
    strike(queue, NOW + timedelta(hours=1), times=2)
    assert store.get("l1").state is LookoutState.EXPIRED and deeds() == ["asked", "expired"]
    assert told(COURIER) == ["lookout_asked"]


def test_what_a_look_out_may_not_ask() -> None:
    assert rule(lambda: ask(words=Words(zh="电话13800138000", en=""))) == "lookout_phone"
    assert rule(lambda: ask(kind=LookoutKind.CHILD)) == "lookout_police_first"
    assert rule(lambda: ask(grids=("350211102004001",))) == "not_your_area"
    assert rule(lambda: ask(grids=(), villages=("350211102999",))) == "unknown_area"
    assert rule(lambda: ask(hours=25)) == "lookout_hours"
    assert rule(lambda: ask(by=COURIER)) == "role_needed"
    assert set(ask(grids=(), villages=(VILLAGE,), by=CENTRE).grids) >= {GRID, NEXT_GRID}


def test_a_village_asks_so_often_a_day_and_the_same_request_is_one() -> None:
    key = Key(caller_id=VILLAGER.id, key="k", fingerprint="f")
    assert ask(key=key) == ask("l9", key=key)
    ask("l2")
    ask("l3")
    assert rule(lambda: ask("l4")) == "lookouts_per_day"
    ask("l4", now=NOW + DAY)
    ask("l5", by=CENTRE)
    assert [
        one.lookout.id
        for one in showing.of_post(f"village:{VILLAGE}", by=VILLAGER, now=NOW, limit=2, cursor=None).sheets
    ] == ["l4", "l3"]


def test_days_later_only_counts_are_left(queue: list[TimerMessage]) -> None:
    ask()
    strike(queue, NOW + MINUTE)
    answer(True, HERE)
    answer(False, by=COURIER2)
    asking.stop("l1", by=VILLAGER, now=NOW + MINUTE)
    assert forgetting.due(now=NOW + 29 * DAY, limit=9) == []
    assert forgetting.due(now=NOW + 31 * DAY, limit=9) == ["l1"]
    assert forgetting.forget("l1") and not forgetting.forget("l1")
    assert showing.show("l1", by=VILLAGER, now=NOW).tally == Tally(asked=2, seen=1, not_seen=1)
    assert (
        said.behind("l1").answers == []
        and store.words(["l1"]) == {}
        and forgetting.due(now=NOW + 99 * DAY, limit=9) == []
    )


def test_a_run_that_died_half_way_loses_no_count(queue: list[TimerMessage], monkeypatch: pytest.MonkeyPatch) -> None:
    ask()
    answer(True)
    asking.stop("l1", by=VILLAGER, now=NOW + MINUTE)
    put = forgetting._put

    def dies(lookout: Lookout) -> None:
        if lookout.erased:
            raise RuntimeError
        put(lookout)

    monkeypatch.setattr(forgetting, "_put", dies)
    with pytest.raises(RuntimeError):
        forgetting.forget("l1")
    monkeypatch.setattr(forgetting, "_put", put)
    assert forgetting.forget("l1") and store.get("l1").tally.seen == 1


def test_who_is_forgotten_leaves_no_place_of_his() -> None:
    ask()
    answer(True, HERE)
    own_data.close_account(COURIER, now=NOW)
    assert own_data.erase(COURIER.id, now=NOW)
    (left,) = said.behind("l1").answers
    assert left.seen and left.place is None and left.grid is None


def test_the_nightly_run_forgets_it_and_a_dry_one_only_counts() -> None:
    ask()
    answer(True, HERE)
    asking.stop("l1", by=VILLAGER, now=NOW + MINUTE)

    def due_in(days: int, *, dry: bool) -> int:
        tallies = retention.run(now=NOW + days * DAY, dry=dry, may_go_on=lambda: True)
        return next(one.count for one in tallies if one.kind == "lookout")

    assert (due_in(29, dry=False), due_in(31, dry=True)) == (0, 1)
    assert not store.get("l1").erased
    assert (due_in(31, dry=False), due_in(31, dry=False)) == (1, 0)
    assert store.get("l1").tally.seen == 1
