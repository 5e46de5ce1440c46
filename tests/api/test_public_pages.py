"""The page that everybody may open who has its link: what it shows, to whom it opens, and what it lets a browser do."""

import re
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

from tests.api.client import Client, refused
from tests.api.gateway import Answer
from tests.api.public_calls import drawn, linked, mark, photographed, ticket, verified, with_photo
from tests.api.test_docs import VOID, Outline
from tests.builders import CENTRE, COURIER, COURIER2, GRID_MEMBER, RULES, VILLAGER

NASTY = """</blockquote><script>alert(1)</script><img src=x onerror=alert(2)>" onload="x" {body} &lt;"""
GONE = "页面不存在或已失效"
VOID.add("img")


def act(api: Client, id: str, by: Any, **action: Any) -> None:
    answer = api.post(f"/reports/{id}/actions", action, by=by)
    assert answer.status == 200, answer.text


def page(answer: Answer, status: int = 200) -> str:
    """The page, with the headers that every one of them has."""
    assert answer.status == status and answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"] and answer.headers["X-Content-Type-Options"] == "nosniff"
    return answer.text


def solved(api: Client, answer: str = "路面已修补") -> str:
    id = with_photo(api)
    act(api, id, VILLAGER, action="resolve", answer=answer, no_photo_reason="夜间作业")
    return id


def test_it_says_in_both_languages_what_was_done(api: Client) -> None:
    text = page(api.get(linked(api, solved(api))))
    for words in (
        RULES.taxonomy.kinds["0303"].zh,
        "深青村",
        "Shenqing Village",
        "核实属实",
        "交村居办理",
        "Given to the village",
        "路面已修补",
    ):
        assert words in text, words
    assert text.index("深青村") < text.index("Shenqing Village")


def test_programs_get_the_same(api: Client) -> None:
    found = api.get(linked(api, solved(api)) + "/data").json
    assert [step["step"] for step in found["steps"]] == ["reported", "verified", "given", "answered"]
    assert found["steps"][-1]["answer"] == "路面已修补" and found["village_zh"] == "深青村"
    assert [photo["purpose"] for photo in found["photos"]] == ["before"] and found["photos"][0]["links"][0][
        "size"
    ] == 320


def test_it_is_well_formed_and_loads_nothing_but_public_photos(api: Client) -> None:
    text = page(api.get(linked(api, solved(api))))
    outline = Outline(text)
    assert outline.open == [] and outline.links
    assert all(re.match(r"https?://[^/?]+/(?:[^/?]+/)?public/[^/]+/before-1/1/", link) for link in outline.links)
    assert "<script" not in text and 'name="robots"' in text


def test_a_browser_may_load_its_style_and_public_photos_and_nothing_else(api: Client) -> None:
    from base64 import b64encode
    from hashlib import sha256

    answer = api.get(linked(api, solved(api)))
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style and policy["style-src"] == f"'sha256-{b64encode(sha256(style[1].encode()).digest()).decode()}'"
    assert policy["img-src"].endswith("/public/") and "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert {policy[name] for name in ("default-src", "base-uri", "form-action", "frame-ancestors")} == {"'none'"}
    (image, *_) = re.findall(r'<img src="([^"]+)"', answer.text)
    assert image.startswith(policy["img-src"])


def test_what_people_wrote_is_text_and_never_markup(api: Client) -> None:
    text = page(api.get(linked(api, solved(api, NASTY))))
    assert "<script" not in text and "<img src=x" not in text and 'onload="x"' not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text and "{body} &amp;lt;" in text
    assert Outline(text).open == []


def test_it_names_nobody_and_shows_no_exact_place(api: Client) -> None:
    id = solved(api)
    act(api, id, CENTRE, action="comment", text="上报人王某电话13900000001", internal=False)
    for text in (page(api.get(linked(api, id))), api.get(linked(api, id) + "/data").text):
        visible = re.sub(r'"[^"]*X-Amz-[^"]*"', "", text)
        for secret in (COURIER.id, GRID_MEMBER.id, "王某", "1390000", "24.6", "117.9", "大坑", id):
            assert secret not in visible, secret


def forged(api: Client) -> dict[str, str]:
    """Addresses that are no links to a page."""
    path = linked(api, id := verified(api))
    other = ticket("no-such-report")
    return {
        "nonsense": "/p/nonsense",
        "cut": path[:-1],
        "longer": f"{path}A",
        "padded": f"{path}=",
        "other case": f"/p/{path.removeprefix('/p/').swapcase()}",
        "the report's id": f"/p/{id}",
        "unsigned": f"/p/{urlsafe_b64encode(b'0' * 16 + f'0 99999999999 {id}'.encode()).decode().rstrip('=')}",
        "another signature": other[: len(other) // 3] + path[len(other) // 3 :],
        "lapsed": ticket(id, expires_in=-timedelta(seconds=1)),
        "of another count": ticket(id, page=1),
        "of no report": other,
        "of a path": ticket("../../x"),
        "beyond ascii": "/p/页面",
        "of dots": "/p/..%2f..",
        "endless": f"/p/{'A' * 201}",
    }


def test_every_link_that_is_none_gets_the_same_page_and_no_hint(api: Client) -> None:
    found = {name: api.get(path) for name, path in forged(api).items()}
    bad = {name: answer.text[:80] for name, answer in found.items() if answer.status != 404}
    assert bad == {}
    pages = {page(answer, 404) for name, answer in found.items() if name != "endless"}
    (text,) = pages
    assert GONE in text and "not any more" in text and "深青" not in text


def test_programs_are_told_that_there_is_none(api: Client) -> None:
    for path in forged(api).values():
        answer = api.get(f"{path}/data")
        assert answer.status == 404 and answer.json["rule"] in ("no_such_page", "no_such_id")


def test_reclassified_as_confidential_it_is_gone_with_its_photos(api: Client) -> None:
    id = with_photo(api)
    path = linked(api, id)
    act(api, id, CENTRE, action="reclassify", kind="0701", reason="另有隐情")
    assert GONE in page(api.get(path), 404)
    refused(api.get(f"{path}/data"), 404, "NotFound", "no_such_page")
    refused(api.post(f"/reports/{id}/public-link", {}, by=COURIER), 409, "Conflict", "page_not_public")
    assert [photo["own"] for photo in api.get(f"/reports/{id}/outcome", by=COURIER).json["photos"]] == [True]
    assert api.get(f"/reports/{id}/outcome", by=VILLAGER).json["photos"] == []


def test_closed_by_the_centre_old_links_stay_dead(api: Client) -> None:
    id = solved(api)
    path = linked(api, id)
    assert api.send("DELETE", f"/reports/{id}/public-link", by=CENTRE).json == {"id": id, "closed": True}
    assert GONE in page(api.get(path), 404)
    refused(api.post(f"/reports/{id}/public-link", {}, by=COURIER), 409, "Conflict", "page_closed")
    again = linked(api, id, by=CENTRE)
    assert api.get(again).status == 200 and api.get(path).status == 404
    actions = [line["action"] for line in api.get(f"/reports/{id}", by=CENTRE).json["history"]]
    assert actions[-2:] == ["close_page", "open_page"]


def test_a_photo_that_nobody_marked_or_somebody_took_back_is_not_on_it(api: Client) -> None:
    id = verified(api)
    photographed(id)
    assert "<img" not in page(api.get(linked(api, id)))
    mark(api, VILLAGER, id)
    assert "<img" not in page(api.get(linked(api, id))), "its copies are not drawn yet"
    drawn(id)
    assert "<img" in page(api.get(linked(api, id)))
    api.send("DELETE", f"/reports/{id}/photos/before-1/publication", by=VILLAGER)
    assert "<img" not in page(api.get(linked(api, id)))


def test_who_joined_gets_the_main_reports_outcome_and_page(api: Client) -> None:
    main, joined = solved(api), api.post("/reports", {"text": "坑", "kind": "0303"}, by=COURIER2).json["id"]
    act(api, joined, CENTRE, action="merge", main=main)
    told = api.get(f"/reports/{joined}/outcome", by=COURIER2).json
    assert (told["id"], told["status"], told["status_zh"]) == (joined, "resolved", "待回访")
    assert (
        told["sentence_zh"].endswith("路面已修补。")
        and told["answer"] == "路面已修补"
        and main not in str(told["sentence_en"])
    )
    assert "路面已修补" in page(api.get(linked(api, joined, by=COURIER2)))


def test_whoever_has_an_account_sees_no_more_on_it(api: Client) -> None:
    path = linked(api, solved(api))
    assert len({re.sub(r"X-Amz-[^\"&]*", "", api.get(path, by=by).text) for by in (None, COURIER2, CENTRE)}) == 1
