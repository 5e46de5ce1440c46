"""What the store makes of a DynamoDB that refuses, fails, or loses its answer."""

import pytest

from chalicelib.api.problems import as_problem
from chalicelib.domain.errors import Busy, IllegalAction, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.terms import Basis
from chalicelib.services.reports import intake, reports
from chalicelib.store import base, history
from chalicelib.store.reports import reports as store
from infra.local.emulator import client
from infra.local.ports import LOOPBACK, free_port
from tests.builders import COURIER, GRID_MEMBER, NOW, draft
from tests.faults import READ, WRITE, Faults, faults, proxies, through

__all__ = ["faults", "proxies"]

KEY = Key(caller_id="courier", key="k1", fingerprint="f")
VERIFY = Command(action=Action.VERIFY, basis=Basis.ON_SITE)
BOTOCORE_TRIES = 3
OVERLOADS = (
    ("ProvisionedThroughputExceededException", 400),
    ("ThrottlingException", 400),
    ("InternalServerError", 500),
)


def submit(id: str = "r1", key: Key | None = None) -> str:
    return intake.accept(id, draft(), key=key, by=COURIER, now=NOW).report.id


def verify(id: str, key: Key | None = None) -> int:
    return reports.act(id, VERIFY, version=None, key=key, by=GRID_MEMBER, now=NOW).report.version


def written(url: str) -> dict[str, int]:
    """How many items each table holds, read past the proxy; empty tables and reference data left out."""
    dynamodb = client("dynamodb", url)
    names = [name for name in dynamodb.list_tables()["TableNames"] if not name.endswith("-reference")]
    counts = {name.removeprefix("fenjian-test-"): dynamodb.scan(TableName=name)["Count"] for name in names}
    return {name: count for name, count in counts.items() if count}


@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_that_met_contention_is_tried_again(reason: str, faults: Faults) -> None:
    faults.cancel(reason, times=1)
    submit()
    assert faults.fired() == 1
    assert len(faults.waits) == 1
    assert [line.number for line in history.of("r1")] == [1]


def test_each_wait_is_at_most_twice_as_long_as_the_one_before(faults: Faults) -> None:
    faults.cancel("TransactionConflict", times=base.TRIES - 1)
    submit()
    assert len(faults.waits) == base.TRIES - 1
    assert all(0 <= wait <= 0.05 * 2**number for number, wait in enumerate(faults.waits))


def test_lasting_contention_is_busy_and_leaves_nothing_behind(faults: Faults, tables: str) -> None:
    faults.cancel("TransactionConflict")
    with pytest.raises(Busy) as refusal:
        submit(key=KEY)
    answer = as_problem(refusal.value)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert faults.fired() == base.TRIES
    assert written(tables) == {}


@pytest.mark.parametrize(("code", "status"), OVERLOADS)
def test_an_overload_that_passes_is_not_noticed(code: str, status: int, faults: Faults) -> None:
    faults.refuse(WRITE, code, status=status, times=BOTOCORE_TRIES - 1)
    submit()
    assert faults.fired() == BOTOCORE_TRIES - 1
    assert store.get("r1").version == 1


@pytest.mark.parametrize(("code", "status"), OVERLOADS)
def test_a_lasting_overload_is_busy_and_leaves_nothing_behind(
    code: str, status: int, faults: Faults, tables: str
) -> None:
    faults.refuse(WRITE, code, status=status)
    with pytest.raises(Busy):
        submit(key=KEY)
    assert faults.fired() == BOTOCORE_TRIES
    assert written(tables) == {}


@pytest.mark.parametrize(("code", "status"), [*OVERLOADS, ("ServiceUnavailable", 503), ("InternalFailure", 500)])
def test_a_read_that_stays_refused_is_busy(code: str, status: int, faults: Faults) -> None:
    submit()
    faults.refuse(READ, code, status=status)
    with pytest.raises(Busy):
        verify("r1")
    faults.clear()
    assert store.get("r1").version == 1


def test_a_change_refused_for_a_while_can_be_made_later(faults: Faults) -> None:
    submit()
    faults.cancel("TransactionConflict")
    with pytest.raises(Busy):
        verify("r1")
    faults.clear()
    assert verify("r1") == 2
    assert [line.number for line in history.of("r1")] == [1, 2]


def test_an_answer_lost_after_the_commit_has_one_effect(faults: Faults, tables: str) -> None:
    faults.lose_answer(WRITE, times=1)
    assert submit() == "r1"
    assert faults.fired() == 1
    assert written(tables) == {"reports": 2, "history": 1, "places": 1, "quotas": 2}
    assert used(tables) == "1"


def test_a_change_whose_answer_was_lost_has_one_effect(faults: Faults, tables: str) -> None:
    submit()
    faults.lose_answer(WRITE, times=BOTOCORE_TRIES - 1)
    assert verify("r1") == 2
    assert [line.number for line in history.of("r1")] == [1, 2]
    assert used(tables) == "0"


def test_where_every_answer_is_lost_the_key_tells_that_it_was_done(faults: Faults, tables: str) -> None:
    faults.lose_answer(WRITE)
    assert submit("r1", key=KEY) == "r1"
    assert faults.fired() == BOTOCORE_TRIES
    assert used(tables) == "1"


def test_a_client_that_never_heard_of_its_success_repeats_and_gets_the_same_report(faults: Faults, tables: str) -> None:
    submit("r0")
    faults.lose_answer(WRITE)
    faults.refuse(READ, "ThrottlingException")
    with pytest.raises(Busy):
        submit("r1", key=KEY)
    faults.clear()
    assert submit("r2", key=KEY) == "r1"
    with pytest.raises(NotFound):
        store.get("r2")
    assert [line.number for line in history.of("r1")] == [1]
    assert used(tables) == "2"


def test_without_a_key_the_client_learns_nothing_and_the_effect_is_still_one(faults: Faults, tables: str) -> None:
    submit()
    faults.lose_answer(WRITE)
    with pytest.raises(Busy):
        verify("r1")
    faults.clear()
    assert [line.number for line in history.of("r1")] == [1, 2]
    assert used(tables) == "0"
    with pytest.raises(IllegalAction):
        verify("r1")


def test_a_change_that_is_repeated_with_its_key_is_made_once(faults: Faults) -> None:
    submit()
    faults.lose_answer(WRITE)
    key = Key(caller_id="grid_member", key="k2", fingerprint="f")
    assert [verify("r1", key=key), verify("r1", key=key)] == [2, 2]
    assert [line.number for line in history.of("r1")] == [1, 2]


def test_a_lost_answer_to_a_read_is_read_again(faults: Faults) -> None:
    submit()
    faults.lose_answer(READ, times=1)
    assert verify("r1") == 2


def test_a_store_that_nobody_answers_for_is_busy(faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    through(f"http://{LOOPBACK}:{free_port()}", monkeypatch)
    with pytest.raises(Busy) as refusal:
        submit()
    assert refusal.value.rule == "store_unreachable"


def test_a_connection_that_breaks_before_any_answer_is_busy(faults: Faults) -> None:
    faults.cut(WRITE)
    with pytest.raises(Busy) as refusal:
        submit()
    assert refusal.value.rule == "store_unreachable"


def used(url: str) -> str:
    """How many reports the courier has awaiting verification, by the counter."""
    key = {"person_id": {"S": "courier"}, "window": {"S": "awaiting"}}
    return str(client("dynamodb", url).get_item(TableName="fenjian-test-quotas", Key=key)["Item"]["used"]["N"])
