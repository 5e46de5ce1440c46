"""`python -m infra.local.up`: the product on this machine until Ctrl-C (`make run`)."""

import os
import signal
import sys
import threading

from infra.bundle import BadBundle
from infra.fragments import Clash
from infra.local import pilot
from infra.local.cloud import Cloud
from infra.local.deploy import DeploymentFailed
from infra.local.emulator import EmulatorFailed
from infra.local.ports import PortInUse, check_free
from infra.package import PackagingFailed
from infra.stages import FACTS, ROOT

DEFAULT_PORT = "8000"
RUNNING = "run.pid"  # `make clean` looks for it
SAID_PLAINLY = (PortInUse, PackagingFailed, Clash, BadBundle, EmulatorFailed, DeploymentFailed)


def main() -> None:
    """Bring everything up, say where it is, and wait to be told to stop."""
    stop = threading.Event()
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: stop.set())
    state = ROOT / ".local"
    cloud = Cloud(state, port=_port(), say=_say, warm_seconds=300)
    try:
        check_free(cloud.port)
        state.mkdir(exist_ok=True)
        (state / RUNNING).write_text(str(os.getpid()), encoding="utf-8")
        cloud.start()
    except SAID_PLAINLY as error:
        sys.exit(str(error))
    try:
        _announce(cloud)
        stop.wait()
        _say("stopping, saving state …")
    finally:
        cloud.stop()
        (state / RUNNING).unlink(missing_ok=True)


def _port() -> int:
    stated = os.environ.get("FENJIAN_PORT", DEFAULT_PORT)
    if not stated.isdecimal() or not 0 < int(stated) < 65_536:
        sys.exit(f"FENJIAN_PORT is a port, 1 to 65535, not {stated}")
    return int(stated)


def _announce(cloud: Cloud) -> None:
    FACTS.touch(mode=0o600)
    FACTS.write_text(cloud.describe(), encoding="utf-8")
    print("\nA bearer token for every role, good for 12 hours:")
    for role, name in _one_of_each().items():
        print(f"\n  {role} ({name})\n  {cloud.people[name].token}")
    print(f"\nAPI   {cloud.api}/v1/\nDocs  {cloud.api}/v1/docs")
    print(f"Everyone's tokens: {FACTS.relative_to(ROOT)}. Ctrl-C stops and keeps the data; `make clean` forgets it.")
    sys.stdout.flush()


def _one_of_each() -> dict[str, str]:
    """The first person who holds each role."""
    holders: dict[str, str] = {}
    for name, member in pilot.people().items():
        for role, _ in member.roles:
            holders.setdefault(role, name)
    return holders


def _say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    main()
