"""Cold start: the product's fresh process against the floor's, taking turns."""

import subprocess
import sys
from dataclasses import dataclass
from statistics import median

from infra.stages import ROOT

ROUNDS = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class ColdStart:
    """CPU milliseconds, medians of ROUNDS; both include the start of the interpreter."""

    floor_ms: float
    product_ms: float

    @property
    def ratio(self) -> float:
        """How many floors the product stands on."""
        return self.product_ms / self.floor_ms


def measure() -> ColdStart:
    """Run each once for its bytecode, then both in turn. Raises CalledProcessError where one fails."""
    programs = ("tests.bench.floor", "tests.bench.first_report")
    for program in programs:
        _run(program)
    rounds = [[_run(program) for program in programs] for _ in range(ROUNDS)]
    floor, product = (median(side) for side in zip(*rounds, strict=True))
    return ColdStart(floor_ms=floor, product_ms=product)


def _run(program: str) -> float:
    command = [sys.executable, "-m", program]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)
