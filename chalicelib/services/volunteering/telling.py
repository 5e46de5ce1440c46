"""Couriers are told of what concerns them: a message in the inbox, once however often the line is told."""

from datetime import datetime

from chalicelib.domain.happenings import Happening
from chalicelib.domain.notifications.inbox import Message, stamp
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.reference.calendar import local_minute
from chalicelib.domain.volunteering import telling as rules
from chalicelib.services.exports.labels import both
from chalicelib.services.notifications.wording import sentences
from chalicelib.store.notifications import inbox

BLANKS = ("minutes", "taken", "least")


def tell(line: Happening) -> None:
    """Leave the message: two reads at most and a transaction, nothing where nobody is told."""
    if notice := rules.notice(line):
        zh, en = sentences().render(notice.template, _facts(line))
        inbox.leave(
            Message(
                person_id=notice.person_id,
                id=f"{stamp(line.at)}#{line.id}#{notice.template}",
                template=notice.template,
                event_id=line.id,
                report_id="",
                at=line.at,
                zh=zh.strip(),
                en=en.strip(),
            )
        )


def _facts(line: Happening) -> dict[str, Both]:
    start = line.facts.get("start")
    return {
        "kind": both()[f"volunteerkind.{line.facts['kind']}"],
        "start": same(local_minute(datetime.fromisoformat(str(start))) if start else ""),
        **{name: same(str(line.facts.get(name, ""))) for name in BLANKS},
    }
