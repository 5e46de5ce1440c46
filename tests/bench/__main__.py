"""`make bench`: measures, prints a table, writes `.local/bench.json`. A report: it fails only if it cannot measure."""

import json

from infra import bundle
from infra.package import package
from infra.stages import ROOT
from tests.bench import books, care, cold, exports, points, setting, sweep, volume
from tests.bench.verdict import MB, Figure, figure, table
from tests.bench.warm import Bench

RESULT = ROOT / ".local" / "bench.json"


def main() -> None:
    """The command line."""
    with setting.store() as store:
        print(f"cold starts, {cold.ROUNDS} of each side …", flush=True)
        figures = [_cold()]
        print("warm requests …", flush=True)
        figures += _warm()
        print("a month's figures, and a line that fifty hear of …", flush=True)
        figures += _volume()
        print(f"an export of {exports.REPORTS:,} reports …", flush=True)
        figures += _export()
        print(f"a ledger of {books.ENTRIES:,} entries audited …", flush=True)
        figures += _books()
        print(f"a ranking of {points.COURIERS:,} couriers …", flush=True)
        figures += _points()
        print(f"the week of {care.PLANS:,} plans, and a visit among {points.COURIERS:,} couriers …", flush=True)
        figures += _care()
        print("the sweep over a thousand open reports and a hundred thousand …", flush=True)
        figures += _sweep()
    figures += _zip()
    _write(figures)
    print(f"\nOn {setting.machine()}; {store}.")
    print("CPU time (user + system) of the process, medians, both sides taking turns.\n")
    print(table(figures))


def _cold() -> Figure:
    start = cold.measure()
    note = f"{start.product_ms:.0f} ms; chalice + botocore + client: {start.floor_ms:.0f} ms"
    return figure("cold_start_ratio", "cold start to the first accepted report", start.ratio, note)


def _warm() -> list[Figure]:
    from app import app

    bench = Bench(app)
    first, intake = bench.first_calls(), bench.intake()
    page, change = bench.page(), bench.change()
    note = "{0.product_ms:.2f} ms; bare boto3: {0.floor_ms:.2f} ms".format
    return [
        figure("intake_cpu_ratio", "accept a report, against its bare transaction", intake.ratio, note(intake)),
        figure("change_cpu_ratio", "verify it, against its bare read and transaction", change.ratio, note(change)),
        figure("intake_calls", "AWS calls to accept a report", len(intake.calls.made), str(intake.calls)),
        figure("intake_first_calls", "… the first of a process", len(first.made), str(first)),
        figure("change_calls", "AWS calls to verify it", len(change.calls.made), str(change.calls)),
        figure("list50_calls", "AWS calls to list 50", len(page.calls.made), str(page.calls)),
        figure("list50_cpu_ms", "list 50, CPU ms", page.product_ms, f"bare boto3: {page.floor_ms:.2f} ms"),
    ]


def _volume() -> list[Figure]:
    found = volume.measure()
    asked, told = len(found.figures.made), len(found.told.made) / volume.JOINED
    return [
        figure("figures_calls", "AWS calls for a month's figures by village", asked, str(found.figures)),
        figure("told_calls", "AWS calls for each of 50 who joined to hear of a line", told, str(found.told)),
    ]


def _care() -> list[Figure]:
    found = care.measure()
    made = f"{care.PLANS * care.DAYS / found.seconds:,.0f} visits a second, one plan after the other"
    growth = f"against {care.NEAR} of the village alone"
    return [
        figure("plan_calls", "AWS calls for a plan's seven visits", len(found.plan.made), str(found.plan)),
        figure("plans_s", f"the week of {care.PLANS:,} plans, s", found.seconds, made),
        figure("seek_calls", "AWS calls to ask somebody for a visit", len(found.seek.made), str(found.seek)),
        figure("seek_ms", "… to choose him, CPU ms", found.seek_ms, f"among {points.COURIERS:,} couriers"),
        figure("seek_growth_ratio", "… the same", found.growth, growth),
    ]


def _books() -> list[Figure]:
    found = books.measure()
    note = f"{found.entries:,} entries of {books.COURIERS:,} couriers"
    return [
        figure("audit_s", "audit the whole ledger, s", found.seconds, note),
        figure("audit_peak_mb", "… memory beyond the process's own, MB", found.peak_mb, "resident, at most"),
    ]


def _points() -> list[Figure]:
    found = points.measure()
    written, redeemed = (
        sum(name == "TransactWriteItems" for name in calls.names) for calls in (found.earned, found.redeemed)
    )
    return [
        figure("earn_transactions", "transactions to earn points", written, str(found.earned)),
        figure("redeem_transactions", "transactions to redeem a prize", redeemed, str(found.redeemed)),
        figure("ranking_page_calls", f"AWS calls for a page of {points.COURIERS:,}", found.page.reads, str(found.page)),
        figure("ranking_page_cpu_ms", "… CPU ms", found.page_ms, f"{found.stored_kb:.0f} KB stored, of 400"),
        figure("ranking_seconds", f"rank {points.COURIERS:,} couriers, s", found.rank_seconds, str(found.rank)),
    ]


def _sweep() -> list[Figure]:
    found = sweep.measure()
    note = f"{found.large_ms:.1f} ms; with {sweep.SMALL} open: {found.small_ms:.1f} ms; {sweep.DUE} due in both"
    return [
        figure("sweep_growth_ratio", f"a tick with {sweep.LARGE} open, against {sweep.SMALL}", found.ratio, note),
        figure(
            "tick_idle_calls",
            "AWS calls of an idle tick: a shard each, and boards",
            found.idle_calls,
            found.idle,
        ),
    ]


def _export() -> list[Figure]:
    done = exports.measure()
    made = f"{done.rows:,} rows, {done.size / MB:.0f} MB"
    return [
        figure("export_100k_seconds", "write an export of 100,000 reports, s", done.seconds, made),
        figure("export_peak_mb", "… memory beyond the worker's own, MB", done.peak_mb, "resident, at most"),
    ]


def _zip() -> list[Figure]:
    code = package("local").code
    held = bundle.packages(code)
    return [
        figure("zip_mb", "zip, MB", code.stat().st_size / MB),
        figure("packages", "packages in it", len(held), ", ".join(sorted(held))),
    ]


def _write(figures: list[Figure]) -> None:
    RESULT.parent.mkdir(exist_ok=True)
    held = {f.name: f.value for f in figures} | {"machine": setting.machine()}
    RESULT.write_text(json.dumps(held, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
