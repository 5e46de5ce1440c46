"""One world for all tests of a module: the app as deployed, people of every role, the rules as shipped."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from app import app
from chalicelib.domain.people.model import Actor, Person
from infra.local import tokens
from tests.api.client import Client
from tests.api.gateway import Gateway
from tests.api.people import EVERYBODY
from tests.builders import COURIER
from tests.cared_for import keys_on
from tests.conftest import DATA, talking_to
from tests.desk import Desk, opened

SINCE = datetime(2023, 4, 1, tzinfo=UTC)
HERE = {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84"}


@pytest.fixture(scope="module")
def store(request: pytest.FixtureRequest, backends: dict[str, str]) -> Iterator[str]:
    """The address of a store with empty tables, which every client talks to from now on; by default the emulator's."""
    with talking_to(backends[getattr(request, "param", "ministack")]) as url:
        yield url


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tokens.Signer]:
    """Signs tokens that the app takes."""
    from chalicelib.gateways import bearer

    made = tokens.Signer(tmp_path_factory.mktemp("keys") / "key.pem")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOKEN_JWKS", made.jwks())
        patch.setenv("TOKEN_ISSUER", tokens.ISSUER)
        bearer._configured.cache_clear()
        yield made
    bearer._configured.cache_clear()


@pytest.fixture(scope="module")
def errands() -> Iterator[list[str]]:
    """What the API sends to workers, which do not run here."""
    from chalicelib.gateways import lean_queues

    sent: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lean_queues, "send", lambda queue, body, delay: sent.append(f"{queue} {body}"))
        yield sent


@pytest.fixture(scope="module")
def desk(store: str, errands: list[str]) -> Iterator[Desk]:
    """Where codes to sign in with are asked for and sent."""
    with opened() as desk:
        desk.publish()
        yield desk


@pytest.fixture(scope="module")
def personal_key(backends: dict[str, str]) -> Iterator[None]:
    """What personal fields of beneficiaries are sealed with."""
    with keys_on(backends["ministack"]):
        yield


@pytest.fixture(scope="module")
def api(store: str, signer: tokens.Signer, errands: list[str], desk: Desk, personal_key: None) -> Client:
    """The running API, with the rules in force and everybody enrolled."""
    _publish()
    for actor in EVERYBODY:
        _enrol(actor)
    return Client(Gateway(app), signer)


@pytest.fixture
def report(api: Client) -> str:
    """A report that waits for its verification; earlier ones of this module do not fill the courier's quota."""
    from chalicelib.store.quotas import QuotaItem

    for item in QuotaItem.query(COURIER.id):
        item.delete()
    answer = api.post("/reports", {"text": "路面有个大坑", "kind": "0303", "location": HERE}, by=COURIER)
    assert answer.status == 201, answer.text
    id: str = answer.json["id"]
    return id


@pytest.fixture
def contents(store: str) -> "Contents":
    """What stands in the tables, to see that nothing was left behind."""
    return Contents(store)


class Contents:
    """Every item of every table."""

    def __init__(self, url: str) -> None:
        import boto3

        self.client = boto3.client("dynamodb", endpoint_url=url)

    def read(self) -> list[Any]:
        """All of it, in an order that does not change."""
        return [(name, self._items(name)) for name in self.client.list_tables()["TableNames"]]

    def _items(self, name: str) -> list[str]:
        pages = self.client.get_paginator("scan").paginate(TableName=name)
        return sorted(repr(sorted(item.items(), key=str)) for page in pages for item in page["Items"])


def _publish() -> None:
    from chalicelib.services.reference import area_editions
    from chalicelib.services.reference import tables as reference

    for name in reference.READERS:
        reference.publish(name, (DATA / f"{name}.csv").read_bytes(), base=None, by="test", now=SINCE)
    area_editions.publish((DATA / "areas.geojson").read_bytes(), base=None, by="test", now=SINCE)


def _enrol(actor: Actor) -> None:
    from chalicelib.services.people import people

    people.enrol(Person(id=actor.id, name=actor.id, phone="", posts=actor.posts, valid_from=SINCE))
