"""Fenjian: the software of a township's micro-governance sorting centre (基层微治理分拣中心)."""

import gc

__version__ = "0.1.0"

# Nearly all that a Lambda makes while it starts lives as long as it does: looking for garbage in it every 2,000 objects
# is 20 ms of a cold start, and finds none.
gc.set_threshold(200_000)
