"""Many at once: whatever the order in which they arrive, one wins, and every count is right."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from chalicelib.domain.errors import CapReached, Conflict, DomainError, Forbidden, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.terms import Basis, RejectReason
from chalicelib.services.reports import intake, reports
from chalicelib.store import history
from chalicelib.store.reports import reports as store
from infra.local.emulator import client
from tests.builders import CENTRE, COURIER, COURIER2, GRID_MEMBER, NOW, RULES, draft

VERIFY = Command(action=Action.VERIFY, basis=Basis.ON_SITE)
REJECT = Command(action=Action.REJECT, reason=RejectReason.NOT_FOUND, text="没找到")
WITHDRAW = Command(action=Action.WITHDRAW)
COMMENT = Command(action=Action.COMMENT, text="知道了")
ADD_INFO = Command(action=Action.ADD_INFO, text="在路口")
AWAITING = RULES.numbers.count("awaiting_verification")
MANHOLE = "0301"  # class E: a missing cover
ACTS = (
    (GRID_MEMBER, VERIFY),
    (CENTRE, VERIFY),
    (GRID_MEMBER, REJECT),
    (COURIER, WITHDRAW),
    (GRID_MEMBER, COMMENT),
    (CENTRE, COMMENT),
    (COURIER, ADD_INFO),
    (CENTRE, REJECT),
)


def at_once[T](*tasks: Callable[[], T]) -> list[T | DomainError]:
    """What each task answered or how it was refused; all start together, bugs are raised."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], T]) -> T | DomainError:
        start.wait()
        try:
            return task()
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def submit(id: str, key: Key | None = None, kind: str = "0303") -> str:
    return intake.accept(id, draft(kind=kind), key=key, by=COURIER, now=NOW).report.id


def act(id: str, command: Command, by: Actor, version: int | None = None) -> int:
    return reports.act(id, command, version=version, key=None, by=by, now=NOW).report.version


def used(url: str, window: str = "awaiting") -> int:
    key = {"person_id": {"S": "courier"}, "window": {"S": window}}
    item = client("dynamodb", url).get_item(TableName="fenjian-test-quotas", Key=key).get("Item")
    return int(item["used"]["N"]) if item else 0


def count(url: str, table: str) -> int:
    return int(client("dynamodb", url).scan(TableName=f"fenjian-test-{table}")["Count"])


@pytest.fixture
def warm(rules: None) -> None:
    """One courier's report went through: the client is made before the threads ask for it, once and not in each."""
    intake.accept("warm", draft(), key=None, by=COURIER2, now=NOW)


@pytest.mark.parametrize("round", range(3))
def test_of_many_acts_on_a_report_one_wins_each_version(round: int, tables: str, warm: None) -> None:
    submit("r1")
    acts = [lambda by=by, command=command: act("r1", command, by) for by, command in ACTS * 2]
    answers = at_once(*acts)
    won = sorted(answer for answer in answers if isinstance(answer, int))
    refused = [answer for answer in answers if isinstance(answer, DomainError)]
    assert won == list(range(2, len(won) + 2))
    assert won, answers
    assert all(isinstance(refusal, Conflict | Forbidden) for refusal in refused), refused
    report = store.get("r1")
    assert [line.number for line in history.of("r1")] == list(range(1, len(won) + 2))
    assert report.version == len(won) + 1
    assert used(tables) == (report.status is Status.SUBMITTED)


def test_of_sixteen_who_read_the_same_version_one_wins(tables: str, warm: None) -> None:
    submit("r1")
    answers = at_once(*[lambda by=by: act("r1", VERIFY, by, version=1) for by in (GRID_MEMBER, CENTRE) * 8])
    assert [answer for answer in answers if isinstance(answer, int)] == [2]
    assert sum(isinstance(answer, StaleVersion) for answer in answers) == 15
    assert [line.number for line in history.of("r1")] == [1, 2]
    assert used(tables) == 0


def test_of_thirty_submissions_at_once_the_cap_lets_ten_in_and_the_rest_leave_no_trace(tables: str, warm: None) -> None:
    answers = at_once(*[lambda n=n: submit(f"r{n}") for n in range(30)])
    accepted = {answer for answer in answers if isinstance(answer, str)}
    refused = [answer for answer in answers if isinstance(answer, DomainError)]
    assert len(accepted) == AWAITING
    assert all(isinstance(refusal, CapReached) for refusal in refused), refused
    assert {report.id for report in store.several([f"r{n}" for n in range(30)])} == accepted
    assert all(len(history.of(id)) == 1 and store.get_whole(id)[1] for id in accepted)
    assert (used(tables), used(tables, "day#2026-11-23")) == (AWAITING, AWAITING)
    with_warm = AWAITING + 1
    assert (count(tables, "reports"), count(tables, "history")) == (2 * with_warm, with_warm)
    assert count(tables, "places") == with_warm


def test_the_same_key_eight_times_at_once_makes_one_report(tables: str, warm: None) -> None:
    key = Key(caller_id="courier", key="k1", fingerprint="f")
    answers = at_once(*[lambda n=n: submit(f"r{n}", key=key) for n in range(8)])
    assert len({str(answer) for answer in answers}) == 1, answers
    assert used(tables) == 1
    assert count(tables, "history") == 2
    assert count(tables, "idempotency") == 1


def test_danger_to_life_is_never_too_many(tables: str, warm: None) -> None:
    at_once(*[lambda n=n: submit(f"r{n}") for n in range(AWAITING)])
    answers = at_once(*[lambda n=n: submit(f"e{n}", kind=MANHOLE) for n in range(16)])
    assert sorted(map(str, answers)) == sorted(f"e{n}" for n in range(16))
    assert used(tables) == AWAITING
    act("e0", Command(action=Action.VERIFY, basis=Basis.ON_SITE, severity=4), GRID_MEMBER)
    assert used(tables) == AWAITING


def test_ten_verified_at_once_free_ten_places(tables: str, warm: None) -> None:
    ids = [f"r{n}" for n in range(AWAITING)]
    for id in ids:
        submit(id)
    with pytest.raises(CapReached):
        submit("one-more")
    at_once(*[lambda id=id: act(id, VERIFY, GRID_MEMBER) for id in ids])
    assert used(tables) == 0
    answers = at_once(*[lambda n=n: submit(f"s{n}") for n in range(12)])
    assert sum(isinstance(answer, str) for answer in answers) == AWAITING
    assert (used(tables), used(tables, "day#2026-11-23")) == (AWAITING, 2 * AWAITING)
