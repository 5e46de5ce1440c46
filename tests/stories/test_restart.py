"""Stopped by SIGTERM in the middle: what was committed is there afterwards, and what was on its way arrives."""

from collections.abc import Iterator
from contextlib import contextmanager

from demo.case import Case
from demo.client import Json, download
from infra.local.cloud import Cloud
from tests.stories.steps import act, cast_of, dead, file, flows, hears, settle, told

SHANGTOUTING_6 = (24.5933, 118.01948)
GRID, KIND = "350211102003006", "0303"


def mapping(cloud: Cloud) -> Json:
    """The event source mapping between the history's stream and `relay`."""
    found: list[Json] = cloud.client("lambda").list_event_source_mappings(FunctionName="fenjian-local-relay_history")[
        "EventSourceMappings"
    ]
    return found[0]


@contextmanager
def nothing_relayed(cloud: Cloud) -> Iterator[None]:
    """The stream keeps its records to itself."""
    id = mapping(cloud)["UUID"]
    cloud.client("lambda").update_event_source_mapping(UUID=id, Enabled=False)
    try:
        yield
    finally:
        cloud.client("lambda").update_event_source_mapping(UUID=id, Enabled=True)


def test_what_was_committed_but_not_yet_told_is_told_after_a_restart(day: dict[str, Case], cloud: Cloud) -> None:
    settle(cloud)
    photo = day["refuse"].courier.get(f"/reports/{day['refuse'].id}")["photos"][0]
    with nothing_relayed(cloud):
        before = cast_of(cloud)
        report = file(before["courier"], KIND, *SHANGTOUTING_6)
        act(before["grid_member3"], report, "verify", basis="on_site", severity=3)
        assert told(before["grid_member3"], report["id"]) == []
        assert flows(cloud, GRID, KIND) == {}
        _restart(cloud)
        assert mapping(cloud)["State"] == "Disabled", "or the stream could have told it by itself"
        cast = cast_of(cloud)
        hears(cast["courier"], report["id"], "verified")
        settle(cloud)
    assert told(cast["grid_member3"], report["id"]) == ["to_verify"]
    assert flows(cloud, GRID, KIND) == {"submitted": (1, 1), "with_centre": (1, 0)}
    paid = [
        entry for entry in cast["courier"].get("/points", limit=100)["entries"] if entry["report_id"] == report["id"]
    ]
    assert [(entry["rule"], entry["points"]) for entry in paid] == [("P13", 10)]
    assert dead(cloud) == {}
    assert download(photo["links"][0]["url"]).ok, "photos are where they were"


def _restart(cloud: Cloud) -> None:
    cloud.stop()
    cloud.start()


def test_a_stop_at_the_moment_of_the_commit_loses_nothing_and_the_stream_goes_on(cloud: Cloud) -> None:
    report = file(cast_of(cloud)["centre"], "0311", *SHANGTOUTING_6)
    _restart(cloud)
    cast = cast_of(cloud)
    hears(cast["grid_member3"], report["id"], "to_verify")
    later = file(cast["centre"], "0311", *SHANGTOUTING_6)
    hears(cast["grid_member3"], later["id"], "to_verify")
    settle(cloud)
    assert flows(cloud, GRID, "0311") == {"submitted": (2, 0)}
    assert told(cast["grid_member3"], report["id"]) == ["to_verify"]
