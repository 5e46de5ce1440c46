"""Where the scenes play: everyone who takes part, the names of things, the album of pictures."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import uuid4

from PIL import Image

from demo.camera import shoot
from demo.client import Cast, Json, Person, Surprise
from demo.telling import Teller
from demo.words import Words

type View = Callable[[Random], Image.Image]

VILLAGES = ("350211102202", "350211102004", "350211102003")  # 深青村, 铁山社区, 上头亭社区

# Degrees around a grid's middle, some 40 m: inside it, and seldom where the last run was.
ASIDE = 0.0004


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in WGS-84 degrees, and its street as the pictures show it: before and after are the same one."""

    lat: float
    lon: float
    street: int

    @property
    def body(self) -> Json:
        """As a report states it."""
        return {"lat": self.lat, "lon": self.lon, "crs": "wgs84", "accuracy": 8.0}

    def picture(self, view: View) -> bytes:
        """What a phone takes there now."""
        return shoot(view(Random(self.street)), at=datetime.now(UTC), lat=self.lat, lon=self.lon)


class Names(dict[str, str]):
    """Everyone's name as the API knows it, asked for when he first appears."""

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self.cast = cast

    def __missing__(self, key: str) -> str:
        name: str = self.cast[key].get("/me")["name"]
        self[key] = name
        return name


@dataclass(slots=True, kw_only=True)
class Stage:
    """`begun`: reports of this run as (courier, id), so that none stays open whatever happens."""

    cast: Cast
    tell: Teller
    album: Path
    chance: Random = field(default_factory=Random)
    kinds: dict[str, Words] = field(default_factory=dict)
    departments: dict[str, Words] = field(default_factory=dict)
    begun: list[tuple[Person, str]] = field(default_factory=list)

    def open(self) -> None:
        """Learn from the API what kinds and departments are called. Raises NotRunning, Refused."""
        self.album.mkdir(parents=True, exist_ok=True)
        anyone = self.cast["courier"]
        self.kinds, self.departments = self._names(anyone, "taxonomy"), self._names(anyone, "departments")
        self.tell.names = Names(self.cast)

    def _names(self, person: Person, table: str) -> dict[str, Words]:
        text = person.ask("GET", f"/reference/{table}").content.decode("utf-8")
        return {row["code"]: (row["zh"], row["en"]) for row in csv.DictReader(text.splitlines())}

    def spot(self, lat: float, lon: float) -> Spot:
        """A new place near the given one."""
        aside = (self.chance.uniform(-ASIDE, ASIDE) for _ in range(2))
        return Spot(
            lat=round(lat + next(aside), 6), lon=round(lon + next(aside), 6), street=self.chance.getrandbits(32)
        )

    def keep(self, name: str, content: bytes) -> Path:
        """Put a picture into the album, for whoever wants to look."""
        path = self.album / name
        path.write_bytes(content)
        return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path

    def kind(self, code: str) -> str:
        """`道路破损 Road damage (0303)`."""
        return f"{' '.join(self.kinds[code])} ({code})"


def new_key() -> str:
    """An Idempotency-Key."""
    return uuid4().hex


def expect(holds: bool, what: str) -> None:
    """The story goes on only if it holds. Raises Surprise."""
    if not holds:
        raise Surprise(what)
