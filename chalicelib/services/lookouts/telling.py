"""The clock looks at a look-out: its couriers are told page by page, its time is over, who was asked is thanked.

A page is forty couriers of a village, told and noted in one transaction; the next page is another message. What comes
twice finds its page noted; who rides in two of the villages is told once. A sentence in an inbox says nothing of the
look-out's words: these are read while it is open, and nowhere else.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chalicelib.domain.errors import Busy, Conflict, StaleVersion
from chalicelib.domain.lookouts import asking as rules
from chalicelib.domain.lookouts.model import Lookout, LookoutAnswer, LookoutDeed, LookoutState
from chalicelib.domain.notifications.inbox import Message, unprompted
from chalicelib.domain.notifications.messages import Both
from chalicelib.domain.notifications.wording import moment
from chalicelib.domain.people.model import Role
from chalicelib.domain.queues import Queue
from chalicelib.domain.timers import Errand, TimerMessage
from chalicelib.gateways import queues
from chalicelib.services.lookouts import asking
from chalicelib.services.notifications import pushes
from chalicelib.services.notifications.pushes import Told
from chalicelib.services.notifications.wording import sentences
from chalicelib.store.base import Transaction
from chalicelib.store.lookouts import answers as said
from chalicelib.store.lookouts import due
from chalicelib.store.lookouts import lookouts as store
from chalicelib.store.lookouts.answers import PageTold
from chalicelib.store.notifications import inbox
from chalicelib.store.notifications.inbox import MessageThere
from chalicelib.store.people import rounds

AT_ONCE = 40  # a message and a counter each, the page, the check that it is open: a transaction takes 100 items
TRIES = 8
SYSTEM = "system"
ASKED, STOPPED, SEEN = "lookout_asked", "lookout_stopped", "lookout_seen"  # sentences


def fire(lookout_id: str, *, at: datetime, now: datetime) -> None:
    """Do what is due of it: begin to tell its couriers, end it, or begin to thank them. Told twice it is once.

    Raises Busy where the queue takes nothing: then it is due still.
    """
    lookout = store.find(lookout_id)
    if lookout is None:
        due.done(lookout_id, seen=at)
    elif lookout.is_open(now):
        _send(lookout_id, Errand.ASK_COURIERS, (f"{village}#" for village in lookout.villages))
        due.put_off(lookout_id, seen=at, until=lookout.until)
    elif lookout.state is LookoutState.OPEN:
        _expire(lookout, now)
    else:
        if lookout.state is LookoutState.STOPPED:
            _send(lookout_id, Errand.THANK_COURIERS, said.behind(lookout_id).pages)
        due.done(lookout_id, seen=at)


def ask_page(lookout_id: str, page: str, *, now: datetime) -> None:
    """Tell a page of couriers, then have the next one told: a read, a query, a look at who was told, one transaction.

    `page`: the village, and behind whom it begins. Nobody is told once it is over.
    """
    lookout = store.find(lookout_id)
    if lookout is None or not lookout.is_open(now):
        return
    village, _, after = page.partition("#")
    found = rounds.riders(village, after=after or None, limit=AT_ONCE + 1)
    some = found[:AT_ONCE]
    messages = {id: _message(lookout, ASKED, id, lookout.asked_at) for id in some}
    if _told(lookout, page, messages, now):
        noted = said.page(lookout_id, page)
        pushes.collect(Told(message=messages[id], role=Role.COURIER) for id in noted if id in messages)
        if len(found) > AT_ONCE:
            _send(lookout_id, Errand.ASK_COURIERS, [f"{village}#{some[-1]}"])


def thank_page(lookout_id: str, page: str, *, now: datetime) -> None:
    """Tell a page of those who were asked that it is over: a read, a look at who knows, a transaction for the rest."""
    lookout = store.find(lookout_id)
    if lookout is None or lookout.ended_at is None:
        return
    for id in said.page(lookout_id, page):
        inbox.leave(_message(lookout, STOPPED, id, lookout.ended_at))


def tell_asker(lookout: Lookout, answer: LookoutAnswer, transaction: Transaction) -> None:
    """Tell who asked that somebody has seen something, with the answer that says so."""
    inbox.add(_message(lookout, SEEN, lookout.asked_by, answer.at, f"{answer.id}#{answer.version}"), transaction)


def _told(lookout: Lookout, page: str, messages: dict[str, Message], now: datetime) -> bool:
    """Whether the page was told, by now or before; not once the look-out is over."""
    for _ in range(TRIES):
        known = inbox.there((id, message.id) for id, message in messages.items())
        new = [id for id, message in messages.items() if (id, message.id) not in known]
        transaction = Transaction()
        store.require_open(lookout, now, transaction)
        said.note_page(lookout.id, page, new, transaction)
        for id in new:
            inbox.add(messages[id], transaction)
        try:
            transaction.commit()
        except PageTold:
            return True
        except MessageThere:  # another village's page, with the same courier on it
            continue
        except Conflict:
            return False
        return True
    raise Busy("store_contention")


def _expire(lookout: Lookout, now: datetime) -> None:
    """Its time is over. Who stopped it meanwhile has made something newer due."""
    after, transaction = rules.expired(lookout, now=now), Transaction()
    asking.end(after, LookoutDeed.EXPIRED, transaction, by=SYSTEM, as_role=SYSTEM, now=now)
    due.remove(lookout.id, transaction)
    try:
        transaction.commit()
    except StaleVersion:
        return


def _send(lookout_id: str, errand: Errand, pages: Iterable[str]) -> None:
    bodies = {
        str(number): msgspec.json.encode(TimerMessage(errand=errand, id=lookout_id, part=page)).decode()
        for number, page in enumerate(pages)
    }
    if bodies and queues.send(Queue.TIMERS, bodies):
        raise Busy("queue_busy")


def _message(lookout: Lookout, template: str, person_id: str, at: datetime, of: str = "") -> Message:
    words = sentences()
    facts: dict[str, Both] = {
        "matter": words.templates[f"word_lookout_{lookout.kind}"],
        "until": moment(lookout.until, words),
        "rule": words.templates["lookout_notice"],
    }
    zh, en = words.render(template, facts)
    return unprompted(person_id, template, of or lookout.id, (zh.strip(), en.strip()), at=at)
