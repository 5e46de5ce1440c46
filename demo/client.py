"""HTTP as a phone speaks it: one person's requests, the forms that take photos, and patient asking."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

import requests

ANSWER_SECONDS = 60
PATIENCE = timedelta(seconds=90)
LOOK_EVERY = timedelta(milliseconds=250)

type Json = dict[str, Any]


class NotRunning(Exception):
    """Raised when nobody answers at the API's address, or its facts are missing."""


class Surprise(Exception):
    """Raised when something comes out otherwise than the story tells."""


class Refused(Exception):
    """Raised when the API refuses: `rule` is the stable name of the rule that did."""

    def __init__(self, status: int, problem: Json) -> None:
        super().__init__(f"{status} {problem.get('rule')}: {problem.get('detail')} / {problem.get('detail_en')}")
        self.status = status
        self.problem = problem
        self.rule: str = problem.get("rule", "")


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody with a bearer token, or none yet; `key` is the part he plays: `courier`, `department:D04`.

    `renew` gets a new token where the old one has expired, as an app does by itself.
    """

    api: str
    key: str
    id: str
    token: str = field(repr=False)
    renew: Callable[[], str] | None = field(default=None, repr=False)

    def get(self, path: str, **query: object) -> Any:
        """The answer's body. Raises Refused, NotRunning."""
        return self.ask("GET", path, params={name: str(value) for name, value in query.items()}).json()

    def post(self, path: str, body: Json, *, key: str | None = None, version: int | None = None) -> Any:
        """The answer's body. `key`: Idempotency-Key; `version`: the one that was read (If-Match)."""
        headers = {"Idempotency-Key": key} if key else {}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self.ask("POST", path, json=body, headers=headers).json()

    def ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> requests.Response:
        """The answer itself. Raises Refused, NotRunning."""
        answer = self._asked(method, path, headers or {}, **more)
        if answer.status_code == HTTPStatus.UNAUTHORIZED and self.renew:
            self.token = self.renew()
            answer = self._asked(method, path, headers or {}, **more)
        if not answer.ok:
            raise Refused(answer.status_code, _problem(answer))
        return answer

    def _asked(self, method: str, path: str, headers: dict[str, str], **more: Any) -> requests.Response:
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return _sent(method, f"{self.api}/v1{path}", headers=bearer | headers, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everyone who plays, by part; `api` and `sms` are the addresses of the API and of the local SMS inbox."""

    api: str
    sms: str
    people: dict[str, Person]

    @classmethod
    def read(cls, facts: Path, *, api: str | None = None) -> Self:
        """From what `make run` wrote; `api` speaks to another address. Raises NotRunning."""
        try:
            told = json.loads(facts.read_text(encoding="utf-8"))
            sms: str = told["sms"]
        except (FileNotFoundError, KeyError) as error:  # an older `make run` told of no SMS
            raise NotRunning(str(facts)) from error
        people = {key: (one["id"], one["token"]) for key, one in told["people"].items()}
        return cls.of(api or told["api"], people, sms=sms)

    @classmethod
    def of(cls, api: str, people: dict[str, tuple[str, str]], *, sms: str) -> Self:
        """From ids and tokens by part."""
        cast = cls(api=api.rstrip("/"), sms=sms, people={})
        for key, (id, token) in people.items():
            cast.joined(key, id, token)
        return cast

    def visitor(self, key: str) -> Person:
        """Somebody who is not known yet."""
        return Person(api=self.api, key=key, id="", token="")

    def joined(self, key: str, id: str, token: str) -> Person:
        """Somebody takes a part."""
        self.people[key] = Person(api=self.api, key=key, id=id, token=token)
        return self.people[key]

    def __getitem__(self, key: str) -> Person:
        return self.people[key]


def upload(form: Json, picture: bytes) -> int:
    """Send a file with the form that was signed for it; S3's status. Raises NotRunning."""
    return _sent("POST", form["url"], data=form["fields"], files={"file": picture}).status_code


def download(url: str) -> requests.Response:
    """Fetch a link as a browser does, without any token. Raises NotRunning."""
    return _sent("GET", url)


def press(url: str) -> requests.Response:
    """Press the button on the page behind a link, without any token. Raises NotRunning."""
    return _sent("POST", url)


def patiently[T](what: str, look: Callable[[], T], good: Callable[[T], bool], *, patience: timedelta = PATIENCE) -> T:
    """Look again until it is good. Raises Surprise when patience ends."""
    deadline = datetime.now(UTC) + patience
    while not good(seen := look()):
        if datetime.now(UTC) > deadline:
            raise Surprise(f"{what}: not within {patience.total_seconds():.0f} s; last seen: {seen}")
        time.sleep(LOOK_EVERY.total_seconds())
    return seen


def _sent(method: str, url: str, **more: Any) -> requests.Response:
    try:
        with requests.Session() as session:
            session.trust_env = False  # a proxy of this machine must not come between
            return session.request(method, url, timeout=ANSWER_SECONDS, **more)
    except (requests.ConnectionError, requests.Timeout) as error:
        raise NotRunning(url) from error


def _problem(answer: requests.Response) -> Json:
    try:
        problem: Json = answer.json()
    except requests.JSONDecodeError:
        return {"detail": answer.text[:300]}
    return problem
