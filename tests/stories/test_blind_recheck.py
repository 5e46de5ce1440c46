"""A closing that is drawn, a courier who finds it undone, and the report that is open again by itself."""

from itertools import count

from chalicelib.domain.rechecks.sampling import is_drawn
from demo.client import Cast, Json, Person, Refused, download, patiently, upload
from infra.local.cloud import Cloud
from tests.pictures import jpeg
from tests.stories.steps import act, file, hears, history, refusal, told

HERE = (24.61706, 117.98158)
CLOSES = 4  # the line of history that will close it: filed, verified, solved, confirmed
SHARE = 25  # of its kind 5, of severity three 10, without a photo 10: percent
KIND = "0201"


def drawn(cast: Cast) -> Json:
    """A report whose closing will be looked at once more: which, its id says."""
    for _ in count():
        report = file(cast["grid_member"], KIND, *HERE, photos=["image/jpeg"])
        if is_drawn(f"{report['id']}#{CLOSES:06}", SHARE):
            return report
    raise AssertionError


def closed(cast: Cast, report: Json) -> None:
    """The village says that it is solved, and somebody of the centre confirms it without having been there."""
    act(cast["centre"], report, "verify", basis="photo", outcome="to_village", severity=3)
    standing = act(cast["village"], report, "resolve", answer="已清理", no_photo_reason="夜间作业")
    assert standing["status"] == "resolved" and standing["closing"]["photos"] == 1
    assert act(cast["centre"], report, "confirm", basis="phone")["status"] == "closed"


def finder(cast: Cast, report: Json) -> Person:
    """The courier on whose round it lies, once it is offered."""

    def look() -> list[str]:
        return [key for key in ("courier", "courier2") if report["id"] in ids(cast[key])]

    return cast[patiently("the offer", look, lambda found: len(found) == 1)[0]]


def ids(courier: Person) -> list[str]:
    return [one["id"] for one in courier.get("/rechecks")["rechecks"]]


def lines(person: Person, report: Json) -> list[Json]:
    found: list[Json] = person.get(f"/reports/{report['id']}")["history"]
    return found


def test_what_a_courier_finds_undone_is_open_again_and_he_is_known_to_the_centre_alone(
    cast: Cast, cloud: Cloud
) -> None:
    report = drawn(cast)
    assert upload(report["uploads"][0], jpeg()) == 201
    patiently("before", lambda: shown(cast, report), lambda photos: photos[0]["state"] == "ready")
    closed(cast, report)
    courier = finder(cast, report)
    task = courier.post(f"/rechecks/{report['id']}/acceptance", {})
    _is_blind(cast, courier, report, task)
    form = courier.post(f"/rechecks/{report['id']}/answer", {"answer": "not_solved", "photos": ["image/jpeg"]})
    assert upload(form["uploads"][0], jpeg()) == 201

    patiently("open again", lambda: status(cast, report), lambda seen: seen == "with_village")
    patiently("again", lambda: told(cast["village"], report["id"]), lambda seen: seen.count("to_solve") == 2)
    hears(cast["centre"], report["id"], "false_closing")
    recheck, reopened = lines(cast["centre"], report)[-2:]
    assert (recheck["action"], recheck["by"], recheck["details"]["answer"]) == (
        "blind_recheck",
        courier.id,
        "not_solved",
    )
    assert (reopened["action"], reopened["as_role"]) == ("reopen", "timer")
    assert reopened["details"] == {"false_closing": True, "resolver": f"village:{report['location']['village']}"}
    assert courier.id not in str(cast["village"].get(f"/reports/{report['id']}"))
    patiently("points", lambda: paid(courier, report), lambda seen: seen == [("P18", 2, "posted")])
    _is_over(cast, cloud, courier, report)


def _is_blind(cast: Cast, courier: Person, report: Json, task: Json) -> None:
    """He is shown a small picture of before, and nothing of who reported it or what was said of it."""
    assert [link["size"] for photo in task["photos"] for link in photo["links"]] == [320]
    assert download(task["photos"][0]["links"][0]["url"]).ok
    hidden = ("已清理", "井边的路灯", cast["village"].id, cast["grid_member"].id)
    assert not [word for word in hidden if word in str(task)]
    assert refusal(lambda: courier.get(f"/reports/{report['id']}")).status == 404


def _is_over(cast: Cast, cloud: Cloud, courier: Person, report: Json) -> None:
    """There is nothing left to accept or to answer, and told once more nothing happens twice."""
    assert report["id"] not in ids(courier)
    again = refusal(lambda: courier.post(f"/rechecks/{report['id']}/answer", {"answer": "solved"}))
    assert (again.status, again.problem["rule"]) == (409, "recheck_over")
    opened = [line for line in history(cloud) if line.subject_id == report["id"] and line.action == "reopen"]
    assert len(opened) == 1


def status(cast: Cast, report: Json) -> str:
    return str(cast["centre"].get(f"/reports/{report['id']}")["status"])


def shown(cast: Cast, report: Json) -> list[Json]:
    photos: list[Json] = cast["centre"].get(f"/reports/{report['id']}")["photos"]
    return photos


def paid(courier: Person, report: Json) -> list[tuple[str, int, str]]:
    entries = courier.get("/points", limit=100)["entries"]
    return [(one["rule"], one["points"], one["state"]) for one in entries if one["report_id"] == report["id"]]


def test_staff_are_not_asked_to_look_blindly(cast: Cast) -> None:
    refused: Refused = refusal(lambda: cast["grid_member"].get("/rechecks"))
    assert (refused.status, refused.problem["rule"]) == (403, "role_needed")
