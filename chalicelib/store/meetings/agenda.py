"""What is on a body's agenda: a partition of table `meetings`.

| access                       | by                                                     |
|------------------------------|--------------------------------------------------------|
| what is on it or gathered    | id `agenda:<body>:<scope>`, part `item#<id>`: one query |

Of the town, an entry stands only for a case that an open meeting has gathered: the cases that wait are the committee's
inbox. Of the joint meeting, each topic stands here from when it was put there until it is dealt with. `meeting_id`
names the meeting that has it; the condition that there is none is what keeps a matter on one open meeting at a time.
"""

from dataclasses import replace

import msgspec

from chalicelib.domain.errors import AlreadyDone, Conflict, NotFound
from chalicelib.domain.meetings.model import Body, Meeting
from chalicelib.domain.meetings.topics import Topic
from chalicelib.domain.people.model import Post, Role
from chalicelib.store.base import Transaction
from chalicelib.store.meetings.meetings import ITEM, MeetingItem
from chalicelib.store.reports.reports import HEAD, ReportItem


def subject(body: Body, scope: str) -> str:
    """What an agenda is called."""
    return f"agenda:{body}:{scope}"


def gathered(body: Body, scope: str) -> dict[str, str]:
    """Which matters an open meeting has, and which meeting: one query."""
    return {row.part.removeprefix(ITEM): row.meeting_id for row in _rows(body, scope) if row.meeting_id}


def topics(scope: str) -> list[Topic]:
    """All topics of a joint meeting's agenda, those gathered too, in no order: one query."""
    return [_topic(row) for row in _rows(Body.JOINT, scope)]


def topic(scope: str, id: str) -> Topic:
    """A topic as it stands. Raises NotFound (`no_such_topic`)."""
    try:
        return _topic(MeetingItem.get(subject(Body.JOINT, scope), f"{ITEM}{id}", consistent_read=True))
    except MeetingItem.DoesNotExist as error:
        raise NotFound("no_such_topic", topic=id) from error


def put_topic(topic: Topic, scope: str, transaction: Transaction) -> None:
    """Put a topic on the agenda, once: the transaction raises AlreadyDone (`on_agenda`)."""
    row = MeetingItem(subject(Body.JOINT, scope), f"{ITEM}{topic.id}", body=msgspec.json.encode(topic).decode())
    transaction.put(row, MeetingItem.id.does_not_exist(), AlreadyDone("on_agenda", topic=topic.id))


def take_off(id: str, scope: str, transaction: Transaction) -> None:
    """Take a topic off that no meeting has. The transaction raises Conflict (`item_gathered`) where one has."""
    row = MeetingItem(subject(Body.JOINT, scope), f"{ITEM}{id}")
    transaction.delete(row, MeetingItem.meeting_id.does_not_exist(), Conflict("item_gathered", item=id))


def take(id: str, meeting: Meeting, transaction: Transaction) -> None:
    """Gather a matter for a meeting.

    The transaction raises Conflict: `item_gathered` where an open meeting has it, `case_not_coordinating` where the
    committee no longer has the case, `not_on_agenda` where the topic was taken off.
    """
    row = MeetingItem(subject(meeting.body, meeting.scope), f"{ITEM}{id}", meeting_id=meeting.id)
    refusal, free = Conflict("item_gathered", item=id), MeetingItem.meeting_id.does_not_exist()
    if meeting.body is Body.JOINT:
        there = MeetingItem.id.exists() & free
        transaction.update(row, [MeetingItem.meeting_id.set(meeting.id)], there, refusal)
        return
    held = ReportItem.holder == Post(Role.COMMITTEE, meeting.township).key
    moved = Conflict("case_not_coordinating", report=id)
    transaction.check(ReportItem, id, HEAD, condition=held, refusal=moved)
    transaction.put(row, free, refusal)


def release(id: str, meeting: Meeting, transaction: Transaction) -> None:
    """Let go of a matter, which waits for another meeting then."""
    row = MeetingItem(subject(meeting.body, meeting.scope), f"{ITEM}{id}")
    if meeting.body is Body.JOINT:
        transaction.update(row, [MeetingItem.meeting_id.remove()], MeetingItem.id.exists())
    else:
        transaction.delete(row)


def close(id: str, meeting: Meeting, transaction: Transaction) -> None:
    """Take a matter off for good: it was dealt with."""
    transaction.delete(MeetingItem(subject(meeting.body, meeting.scope), f"{ITEM}{id}"))


def _rows(body: Body, scope: str) -> list[MeetingItem]:
    found = MeetingItem.query(subject(body, scope), MeetingItem.part.startswith(ITEM), consistent_read=True)
    return list(found)


def _topic(row: MeetingItem) -> Topic:
    return replace(msgspec.json.decode(row.body or "", type=Topic), meeting_id=row.meeting_id)
