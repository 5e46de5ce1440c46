"""How the story reaches the page: who, when, what, and what became of it. Chinese first, then English."""

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO

from demo.client import Json
from demo.words import clock, deadline, part, status

MARGIN = " " * 10


@dataclass(slots=True)
class Teller:
    """Writes to `out`; in colours where a person watches. `names` by part, as the API knows them."""

    out: TextIO = field(default_factory=lambda: sys.stdout)
    names: dict[str, str] = field(default_factory=dict)

    def scene(self, zh: str, en: str) -> None:
        """A new scene begins."""
        self._write("", self._styled("1;36", f"━━ {zh} · {en}"))

    def does(self, key: str, zh: str, en: str) -> None:
        """Somebody does something, now."""
        role_zh, role_en = part(key)
        who = self._styled("1", f"{role_zh} {role_en}") + f" · {self.names[key]}"
        self._write("", f"{clock(datetime.now(UTC))}  {who}", f"{MARGIN}{zh}", f"{MARGIN}{self._dim(en)}")

    def moved(self, after: Json) -> None:
        """Where a report stands now, and by when something is due."""
        due = f"   {deadline(after['due_at'], now=datetime.now(UTC))}" if after["due_at"] else ""
        self._write(f"{MARGIN}{self._styled('32', '→ ' + status(after['status']))}{due}")

    def notes(self, zh: str, en: str) -> None:
        """Something worth seeing."""
        self._write(f"{MARGIN}· {zh}", f"{MARGIN}  {self._dim(en)}")

    def refused(self, problem: Json) -> None:
        """The API said no, and which rule did."""
        said = f"✗ {problem['status']} {problem['rule']}"
        self._write(f"{MARGIN}{self._styled('33', said)} · {problem['detail']}")
        self._write(f"{MARGIN}  {self._dim(problem['detail_en'])}")

    def plain(self, *lines: str) -> None:
        """Lines as they are."""
        self._write(*lines)

    def _write(self, *lines: str) -> None:
        print(*lines, sep="\n", file=self.out, flush=True)

    def _dim(self, text: str) -> str:
        return self._styled("2", text)

    def _styled(self, style: str, text: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.out.isatty() else text
