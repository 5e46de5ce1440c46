"""The history, walked in the order in which it happened."""

from datetime import UTC, datetime, timedelta

from chalicelib.domain.events import Event
from chalicelib.domain.reports.model import Action, Status
from chalicelib.store import history
from chalicelib.store.base import Transaction
from tests.lines import told

MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)


def stored() -> list[Event]:
    """Thirty reports of two UTC days, submitted and verified; in the order of time."""
    lines: list[Event] = []
    for number in range(30):
        at = MIDNIGHT + timedelta(minutes=10 * number - 150)
        lines += told((Action.VERIFY, Status.WITH_CENTRE), subject=f"r{number:02}", at=at)
    for line in lines:
        transaction = Transaction()
        history.append(line, transaction)
        transaction.commit()
    return sorted(lines, key=lambda line: (line.at, line.subject_id, line.number))


def test_what_happened_is_told_oldest_first_across_shards_and_days(tables: str) -> None:
    lines = stored()
    assert list(history.since(MIDNIGHT - timedelta(days=1), MIDNIGHT + timedelta(days=1))) == lines


def test_both_ends_belong_to_it(tables: str) -> None:
    lines = stored()
    assert list(history.since(lines[7].at, lines[40].at)) == [
        line for line in lines if lines[7].at <= line.at <= lines[40].at
    ]


def test_an_instant_is_where_to_go_on_from(tables: str) -> None:
    lines = stored()
    first = []
    for line in history.since(lines[0].at, lines[-1].at):
        first.append(line)
        if len(first) == 25:
            break
    rest = list(history.since(first[-1].at, lines[-1].at))
    assert {line.id for line in first} | {line.id for line in rest} == {line.id for line in lines}


def test_nothing_happened_before_the_beginning(tables: str) -> None:
    stored()
    assert list(history.since(MIDNIGHT - timedelta(days=9), MIDNIGHT - timedelta(days=2))) == []
    assert list(history.since(MIDNIGHT, MIDNIGHT - timedelta(days=2))) == []
