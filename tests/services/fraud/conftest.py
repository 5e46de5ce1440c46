"""The rules in force, and somebody to hear of what looks wrong."""

from tests.faults import faults, proxies
from tests.suspicions import staffed

__all__ = ["faults", "proxies", "staffed"]
