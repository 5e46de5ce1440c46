"""The whole product on this machine: emulator, deployed stack, pilot; for `make run`, stories and benchmarks.

with Cloud(state=folder) as cloud:
    requests.get(f"{cloud.api}/v1/reports", headers=cloud.people["courier"].headers)
    cloud.stop()
    cloud.start()  # everything is where it was
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from infra.local import pilot, seed
from infra.local.deploy import Deployment
from infra.local.emulator import Emulator
from infra.local.ports import free_port
from infra.local.sms import SmsBridge
from infra.local.tokens import Signer
from infra.operate.certificate_keys import CertificateKeys
from infra.operate.functions import FunctionFailed
from infra.operate.keys import Keys
from infra.operate.replay import replay
from infra.package import package

# Lines of history that were on their way when the cloud stopped are younger than this.
PENDING = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the pilot, with a bearer token that is good for 12 hours."""

    id: str
    phone: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """What a request of this person carries."""
        return {"Authorization": f"Bearer {self.token}"}


def _silent(_: str) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Cloud:
    """A local cloud whose state is one folder. Make a second one of the same folder, and it goes on."""

    state: Path
    port: int = field(default_factory=free_port)
    say: Callable[[str], None] = _silent
    warm_seconds: int = 20
    people: dict[str, Person] = field(default_factory=dict, init=False)
    emulator: Emulator = field(init=False)
    bridge: SmsBridge = field(init=False)

    def __post_init__(self) -> None:
        self.emulator = Emulator(self.state / "cloud", self.port, self.warm_seconds)
        self.bridge = SmsBridge(self.state)

    @property
    def api(self) -> str:
        """The address before `/v1/…`."""
        return self.emulator.url

    @property
    def sms(self) -> str:
        """The address of the SMS bridge: `GET /messages?to=<phone>` is what that phone was sent."""
        return self.bridge.url

    def client(self, service: str) -> Any:
        """A boto3 client with every right."""
        return self.emulator.client(service)

    def start(self) -> None:
        """Return when the API answers with the pilot in it. Raises PortInUse, EmulatorFailed, DeploymentFailed."""
        build = package("local")
        self.say(f"starting the local cloud on port {self.port} …")
        self.emulator.start()
        try:
            self.bridge.open()
            self._fill(Deployment(build, self.emulator, self._signer.jwks(), self.sms))
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop in order; state stays in the folder."""
        if self.emulator.process and not self._stopped.exists():  # an older stop may still wait for its replay
            self._stopped.write_text(datetime.now(UTC).isoformat(), encoding="utf-8")
        self.emulator.stop()
        self.bridge.close()

    def _fill(self, deployment: Deployment) -> None:
        self.say("deploying the packaged template through CloudFormation …")
        deployment.bring_up()
        self.bridge.key = self._sms_secret()
        Keys("local", vault=self.client("secretsmanager"), tables=self.client("dynamodb")).ensure(datetime.now(UTC))
        CertificateKeys("local", vault=self.client("secretsmanager")).ensure(datetime.now(UTC))
        self.say("seeding the pilot …")
        seed.run(self.emulator)
        self._replay_pending()
        now = datetime.now(UTC)
        self.people = {
            name: Person(one.id, one.phone, self._signer.token(one.id, list(one.roles), now))
            for name, one in pilot.people().items()
        }

    def _sms_secret(self) -> bytes:
        secret: str = self.client("secretsmanager").get_secret_value(SecretId="fenjian-local-sms-bridge")[
            "SecretString"
        ]
        return secret.encode()

    def _replay_pending(self) -> None:
        """Bring back the events whose way to the queues the last stop cut off."""
        if not self._stopped.exists():
            return
        self.say("bringing back events that the last stop cut off …")
        stopped = datetime.fromisoformat(self._stopped.read_text(encoding="utf-8"))
        try:
            replay(self.client("lambda"), "local", since=stopped - PENDING)
        except FunctionFailed as error:
            self.say(f"… which failed, and is tried again at the next start: {error}")
        else:
            self._stopped.unlink()

    @property
    def _stopped(self) -> Path:
        return self.state / "stopped_at"

    @property
    def _signer(self) -> Signer:
        return Signer(self.state / "token-key.pem")

    def describe(self) -> str:
        """The facts a client needs, as JSON: address, and everyone's id, phone and token."""
        people = {name: {"id": one.id, "phone": one.phone, "token": one.token} for name, one in self.people.items()}
        return json.dumps({"api": self.api, "sms": self.sms, "people": people}, ensure_ascii=False, indent=1)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
