"""The figures beside their targets: a table to read, and `.local/bench.json` to compare."""

from dataclasses import dataclass

from infra.bundle import MAX_BYTES, MAX_PACKAGES

MB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure; `target` is what it may at most be, None where it only informs. `note` says what it is made of."""

    name: str
    what: str
    value: float
    target: float | None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        if self.target is None:
            return ""
        return "met" if self.value <= self.target else "MISSED"


TARGETS = {
    "cold_start_ratio": 1.4,
    "intake_cpu_ratio": 2.0,
    "change_cpu_ratio": 2.0,
    "intake_calls": 2,
    "change_calls": 2,
    "list50_calls": 2,
    "figures_calls": 2,
    "told_calls": 3.2,
    "sweep_growth_ratio": 1.1,
    "tick_idle_calls": 9,
    "earn_transactions": 1,
    "redeem_transactions": 1,
    "ranking_page_calls": 2,
    "plan_calls": 4,
    "seek_calls": 10,
    "seek_growth_ratio": 1.3,
    "export_peak_mb": 128,
    "audit_s": 120,
    "audit_peak_mb": 32,
    "zip_mb": MAX_BYTES / MB,
    "packages": MAX_PACKAGES,
}


def figure(name: str, what: str, value: float, note: str = "") -> Figure:
    """A figure with its target, if it has one."""
    return Figure(name=name, what=what, value=round(value, 2), target=TARGETS.get(name), note=note)


def table(figures: list[Figure]) -> str:
    """Markdown, whose figures the README quotes."""
    head = ["| what | measured | target | | made of |", "|---|--:|--:|---|---|"]
    rows = [f"| {f.what} | {f.value:g} | {_limit(f)} | {f.verdict} | {f.note} |" for f in figures]
    return "\n".join([*head, *rows])


def _limit(figure: Figure) -> str:
    return "" if figure.target is None else f"≤ {figure.target:g}"
