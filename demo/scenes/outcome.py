"""What became of it: photos that a person has let everybody see, one sentence, and a page that needs no sign-in."""

from typing import Any

from demo.case import Case
from demo.client import Json, download, patiently
from demo.stage import Stage, expect, new_key

FREE_OF = ["faces", "plates", "waybills", "interiors"]
CORNER = {"left": 0.0, "top": 0.0, "right": 0.25, "bottom": 0.2}  # what a passer-by's face would be painted over with


def publish(stage: Stage, case: Case, key: str, photo_id: str, *rectangles: Json) -> None:
    """Somebody lets everybody see a photo, with parts of it painted over on a copy."""
    path = f"/reports/{case.id}/photos/{photo_id}/publication"
    stage.cast[key].ask("PUT", path, json={"free_of": FREE_OF, "rectangles": list(rectangles)})

    def look() -> Any:
        photos = stage.cast[key].get(f"/reports/{case.id}")["photos"]
        return next(one for one in photos if one["id"] == photo_id)["publication"]

    patiently(f"public copies of {photo_id}", look, lambda seen: seen and seen["state"] == "public")
    case.look(key)


def shown(stage: Stage, case: Case, before: str, after: str) -> None:
    """Whoever verified it marks both pictures: the street before, with a corner painted over, and after."""
    stage.tell.does(
        "grid_member",
        "逐张确认没有人脸、车牌、面单和室内：一角涂掉后公开，原片不动。",
        "Marks both photos free of faces, plates, waybills and interiors; a corner is painted over on a copy.",
    )
    publish(stage, case, "grid_member", before, CORNER)
    publish(stage, case, "grid_member", after)


def told(stage: Stage, case: Case) -> None:
    """Who reported it reads one sentence, and anybody with the link sees the page."""
    outcome = case.courier.get(f"/reports/{case.id}/outcome")
    expect(outcome["has_page"] and len(outcome["photos"]) == 2, "both photos are shown")
    stage.tell.notes(f"办理结果：{outcome['sentence_zh']}", outcome["sentence_en"])
    link = case.courier.post(f"/reports/{case.id}/public-link", {}, key=new_key())
    page = download(f"{stage.cast.api}{link['path']}")
    expect(page.ok and case.courier.id not in page.text, "the page opens without a token and names nobody")
    path = stage.keep(f"{case.name}-page.html", page.content)
    stage.tell.notes(f"公开页面（无需登录，90 天有效）：{path}", "the public page, which needs no sign-in")
