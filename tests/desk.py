"""The way in without AWS: secrets are made up, and what would go to a queue or a phone is kept here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from chalicelib.domain.errors import Busy
from chalicelib.domain.login.codes import Request
from chalicelib.domain.login.tokens import SigningKey
from chalicelib.domain.people.model import Person, Post, Role
from tests.builders import NOW, TOWNSHIP

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
DEVICE, OTHER_DEVICE = "device-0123456789", "device-9876543210"
PHONE, STRANGER = "13800000001", "13800000002"
ADDRESS = "203.0.113.7"


@dataclass
class Desk:
    """What was asked for and what was sent, oldest first; `refuses` is what no queue takes."""

    keys: tuple[SigningKey, ...]
    others: Callable[..., None]
    requests: list[Request] = field(default_factory=list)
    sms: list[tuple[str, str, str]] = field(default_factory=list)
    refuses: bool = False

    def read(self, name: str) -> str:
        """A secret."""
        ring = msgspec.json.encode({"keys": self.keys}).decode()
        secrets = {"pepper": "pepper", "signing-keys": ring, "public-pages": "pages"}
        return (secrets | {"blind-index": "blind", "certificate-keys": ring})[name]

    def send(self, queue: str, body: str, *, delay: timedelta = timedelta()) -> None:
        """Keep a message for the worker, if it is about a code."""
        if self.refuses:
            raise Busy("queue_busy")
        if queue != "codes":
            return self.others(queue, body, delay=delay)
        self.requests.append(msgspec.json.decode(body, type=Request))
        return None

    def text(self, phone: str, text: str, *, id: str) -> None:
        """Keep an SMS."""
        self.sms.append((phone, text, id))

    def deliver(self, now: datetime) -> None:
        """Let the worker do what it was asked for, once."""
        from chalicelib.services.login import login

        waiting, self.requests = self.requests, []
        for request in waiting:
            login.send(request, now=now)

    @property
    def code(self) -> str:
        """The code in the latest SMS."""
        import re

        (found,) = set(re.findall(r"[0-9]{6}", self.sms[-1][1]))
        return str(found)

    def publish(self) -> None:
        """Let the authorizer know the public halves."""
        from chalicelib.store.login.keys import KeyItem, forget

        for key in self.keys:
            KeyItem(key.id, public=key.public, retire_at=key.retire_at and key.retire_at.timestamp()).save()
        forget()


@contextmanager
def opened() -> Iterator[Desk]:
    """A desk that the product works with."""
    from chalicelib.gateways import certificate_keys, lean_queues, secrets, signing, sms
    from infra.operate.keys import new_key

    made = Desk(keys=(replace(new_key(LONG_AGO), active_from=LONG_AGO),), others=lean_queues.send)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "read", made.read)
        patch.setattr(lean_queues, "send", made.send)
        patch.setattr(sms, "send", made.text)
        signing.forget()
        certificate_keys.forget()
        yield made
    signing.forget()


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A desk for one test."""
    with opened() as made:
        yield made


def enrolled(phone: str = PHONE, *, id: str = "p1", now: datetime = NOW, **changes: Any) -> Person:
    """Somebody of the centre whom Fenjian knows by this phone, approved a moment ago."""
    from chalicelib.services.people import people

    person = replace(_someone(id, phone, now), **changes)
    people.enrol(person)
    return person


def _someone(id: str, phone: str, now: datetime) -> Person:
    return Person(
        id=id,
        name="值班员",
        phone=phone,
        posts=(Post(Role.CENTRE, TOWNSHIP),),
        valid_from=LONG_AGO,
        approved_at=now,
    )
