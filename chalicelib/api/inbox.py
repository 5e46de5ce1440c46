"""The caller's messages over HTTP: what Fenjian told him, and what he has read of it."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, Paging
from chalicelib.domain.notifications.inbox import Message

api = Api(__name__)

AGAIN_SECONDS = 60  # what is told more often changes nothing

MessageId = Annotated[str, Meta(min_length=1, max_length=256)]


class MessageView(Struct, frozen=True, kw_only=True):
    """A message: `text` in Chinese, `text_en` in English; `template` says what it is about, for an icon."""

    id: str
    template: str
    report_id: str
    at: Instant
    text: str
    text_en: str
    unread: bool


class Messages(Struct, frozen=True, kw_only=True):
    """Some messages, newest first; `unread` counts all there are; `cursor` asks for the next ones, null at the end."""

    messages: list[MessageView]
    unread: int
    cursor: str | None


class Read(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Either the `ids` of what was read, or `until`: the id of the newest message that was on the screen."""

    ids: Annotated[tuple[MessageId, ...], Meta(max_length=100)] | None = None
    until: MessageId | None = None

    def __post_init__(self) -> None:
        if (self.ids is None) is (self.until is None):
            raise ValueError("either ids or until")


class Quiet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Until when (12 hours ahead at most); null ends it."""

    until: Instant | None


class Moving(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the caller rides."""

    moving: bool


class MovingView(Struct, frozen=True, kw_only=True):
    """Until when the caller counts as moving, null where he does not: say so again before, and no more than once in
    `again_seconds`. `drafts`: how many he has parked, once he stands still."""

    until: Instant | None
    again_seconds: int
    drafts: int


class Unread(Struct, frozen=True, kw_only=True):
    """How many messages are unread by now."""

    unread: int


@api.route("/inbox", methods=["GET"], authorizer=authorize)
def list_messages(ask: Ask, query: Paging) -> Messages:
    """What Fenjian told the caller in the last 180 days, and how much of it is unread."""
    from chalicelib.services.notifications import inbox

    page = inbox.page(ask.actor.id, limit=query.limit, cursor=query.cursor, now=ask.now)
    unread = inbox.unread(ask.actor.id, now=ask.now)
    return Messages(messages=[view(message) for message in page.messages], unread=unread, cursor=page.cursor)


@api.route("/me/quiet", methods=["PUT"], authorizer=authorize)
def keep_quiet(ask: Ask, body: Quiet) -> Quiet:
    """While the caller is moving or delivering: nothing but danger to life is pushed. The inbox fills as ever."""
    from chalicelib.services.notifications import pushes

    pushes.keep_quiet(body.until, by=ask.actor, now=ask.now)
    return body


@api.route("/me/moving", methods=["PUT"], authorizer=authorize)
def say_moving(ask: Ask, body: Moving) -> MovingView:
    """Say that you ride, or no longer: meanwhile nothing is pushed but danger to life and what concerns the care run
    that you are on; the rest comes afterwards, as one push. It lapses within minutes unless you say so again."""
    from chalicelib.services.notifications import pushes
    from chalicelib.services.reports import drafts

    if body.moving:
        return MovingView(until=pushes.keep_moving(by=ask.actor, now=ask.now), again_seconds=AGAIN_SECONDS, drafts=0)
    pushes.stand_still(by=ask.actor)
    parked = drafts.own(ask.actor.id, now=ask.now)
    return MovingView(until=None, again_seconds=AGAIN_SECONDS, drafts=len(parked))


@api.route("/inbox/read", methods=["POST"], authorizer=authorize)
def read_messages(ask: Ask, body: Read) -> Unread:
    """Mark messages as read. What is not there, or not the caller's, is passed over; repeating it changes nothing."""
    from chalicelib.services.notifications import inbox

    if body.until is not None:
        inbox.read_all(ask.actor.id, up_to=body.until, now=ask.now)
    else:
        inbox.read(ask.actor.id, body.ids or ())
    return Unread(unread=inbox.unread(ask.actor.id, now=ask.now))


def view(message: Message) -> MessageView:
    """A message as a client reads it."""
    return MessageView(
        id=message.id,
        template=message.template,
        report_id=message.report_id,
        at=message.at,
        text=message.zh,
        text_en=message.en,
        unread=message.unread,
    )
