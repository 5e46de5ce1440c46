"""Parts `answer#…` and `asked#…` of table `lookouts` (see `lookouts`): what couriers answered, who was asked.

A page of couriers is noted in the transaction that tells them, while the look-out is open: so who was asked is known to
the last of them, and once it is stopped nobody is asked any more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched

import msgspec

from chalicelib.domain.errors import AlreadyDone, StaleVersion
from chalicelib.domain.lookouts.model import LookoutAnswer
from chalicelib.store.base import Transaction
from chalicelib.store.lookouts.lookouts import WORDS, LookoutItem

ANSWER, ASKED = "answer#", "asked#"
AT_ONCE = 50


class PageTold(AlreadyDone):
    """Raised when a page of couriers was told before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What came of a look-out: its answers, and the pages of couriers who were asked."""

    answers: list[LookoutAnswer]
    pages: dict[str, list[str]]

    @property
    def asked(self) -> int:
        """How many couriers were asked."""
        return sum(map(len, self.pages.values()))


def note_page(lookout_id: str, page: str, told: Sequence[str], transaction: Transaction) -> None:
    """Note whom a page of couriers consists of; the transaction raises PageTold where it was told before."""
    item = LookoutItem(lookout_id, f"{ASKED}{page}", body=msgspec.json.encode(list(told)).decode())
    transaction.put(item, LookoutItem.id.does_not_exist(), PageTold("page_told"))


def page(lookout_id: str, page: str) -> list[str]:
    """Whom a page of couriers consists of; nobody where there is none."""
    try:
        found = LookoutItem.get(lookout_id, f"{ASKED}{page}", consistent_read=True)
    except LookoutItem.DoesNotExist:
        return []
    return msgspec.json.decode(found.body, type=list[str])


def behind(lookout_id: str) -> Behind:
    """What was answered, and who was asked: one query."""
    answers, pages = list[LookoutAnswer](), dict[str, list[str]]()
    parts = LookoutItem.part.between(ANSWER, f"{ASKED}~")
    for item in LookoutItem.query(lookout_id, parts, consistent_read=True):
        if item.part.startswith(ANSWER):
            answers.append(msgspec.json.decode(item.body, type=LookoutAnswer))
        else:
            pages[item.part.removeprefix(ASKED)] = msgspec.json.decode(item.body, type=list[str])
    return Behind(answers=answers, pages=pages)


def answer(lookout_id: str, person_id: str) -> LookoutAnswer | None:
    """What somebody has answered, if he has."""
    return own_answers([lookout_id], person_id).get(lookout_id)


def own_answers(ids: Iterable[str], person_id: str) -> dict[str, LookoutAnswer]:
    """What somebody has answered to these: one call for a hundred."""
    keys = [(id, f"{ANSWER}{person_id}") for id in ids]
    found = LookoutItem.batch_get(keys, consistent_read=True) if keys else ()
    return {item.id: msgspec.json.decode(item.body, type=LookoutAnswer) for item in found}


def answers_of(person_id: str) -> list[LookoutAnswer]:
    """Everything somebody has answered that is kept still: one query."""
    return [msgspec.json.decode(item.body, type=LookoutAnswer) for item in LookoutItem.by_person.query(person_id)]


def put_answer(answer: LookoutAnswer, transaction: Transaction) -> None:
    """Store an answer over the one before it; the transaction raises StaleVersion where he answered meanwhile."""
    item = LookoutItem(
        answer.lookout_id,
        f"{ANSWER}{answer.person_id}",
        body=msgspec.json.encode(answer).decode(),
        version=answer.version,
        person_id=answer.person_id,
    )
    first = LookoutItem.id.does_not_exist() if answer.version == 1 else LookoutItem.version == answer.version - 1
    transaction.put(item, first, StaleVersion("changed_meanwhile"))


def erase(lookout_id: str, behind: Behind) -> None:
    """Let go of its words, of what was answered and of who was asked: a call for each fifty."""
    parts = [WORDS, *(f"{ANSWER}{one.person_id}" for one in behind.answers), *(f"{ASKED}{one}" for one in behind.pages)]
    for some in batched(parts, AT_ONCE, strict=False):
        transaction = Transaction()
        for part in some:
            transaction.delete(LookoutItem(lookout_id, part))
        transaction.commit()
