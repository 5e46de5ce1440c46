"""Fenjian: the software of a township's micro-governance sorting centre (基层微治理分拣中心)."""

__version__ = "0.1.0"
