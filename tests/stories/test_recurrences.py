"""What comes back soon after it was closed is linked to that closing."""

from demo.client import Cast, Json, patiently
from infra.local.cloud import Cloud
from tests.stories.steps import act, file, history

HERE = (24.61731, 117.98183)


def test_the_same_matter_at_the_same_place_is_linked_to_its_closing(cast: Cast, cloud: Cloud) -> None:
    first = file(cast["grid_member"], "0312", *HERE)
    act(cast["centre"], first, "verify", basis="on_site", outcome="already_gone")
    again = file(cast["grid_member"], "0312", *HERE)
    patiently("the link", lambda: linked(cloud, again), lambda links: links == [first["id"]])


def linked(cloud: Cloud, report: Json) -> list[object]:
    lines = [line for line in history(cloud) if line.subject_id == report["id"] and line.action == "link_recurrence"]
    return [line.details["recurrence_of"] for line in lines]
