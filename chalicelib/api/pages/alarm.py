"""The page that whoever was called by SMS answers an alarm on. It says where and what as the SMS does; and to who has
answered, the spot."""

from chalicelib.api.pages.html import Html, both, el
from chalicelib.api.sentences import labels, texts
from chalicelib.domain.notifications.messages import Both, Messages, same
from chalicelib.domain.notifications.wording import moment
from chalicelib.domain.people.model import Post
from chalicelib.domain.places import Crs, Point, coordinates
from chalicelib.services.duty.alarm_answers import Shown, State
from chalicelib.services.notifications.wording import sentences

MAP = "https://uri.amap.com/marker"
STYLE = (
    "body{font:1.2rem/1.6 sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem}"
    ".en{display:block;color:#555;font-size:.85em}.about{font-weight:bold}"
    "button{font:inherit;width:100%;padding:1rem;background:#b00;color:#fff;border:0;border-radius:.5rem}"
    "button .en{color:inherit}"
)


def page(shown: Shown | None) -> str:
    """The whole page; None where the link is none."""
    head = el(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        el("title", texts()["alarm.title"][0]),
        el("style", Html(STYLE)),
    )
    content = _content(shown) if shown else [_said("link_dead")]
    return "<!doctype html>" + el("html", head, el("body", el("h1", _told("title")), *content), lang="zh-CN")


def _content(shown: Shown) -> list[Html]:
    about = el("p", _told("about", place=shown.place, matter=shown.matter), class_="about")
    match shown.state:
        case State.WAITING:
            return [about, _said("waiting"), el("form", el("button", _told("answer"), type="submit"), method="post")]
        case State.OTHERS:
            who = labels()[f"role.{Post.of(shown.alarm.acknowledged_as).role}"]
            return [about, _said("others", who=who, at=moment(shown.alarm.acknowledged_at, sentences()))]
        case State.YOURS:
            return [about, *_way(shown.spot), _said("yours")]
        case state:
            return [about, _said(state)]


def _way(spot: Point | None) -> list[Html]:
    """Where to go, as Chinese maps have it; the link is followed by whoever taps it, and tells the map nothing else."""
    if spot is None:
        return []
    there = coordinates(spot, crs=Crs.GCJ02)
    position = f"{there.lon:.6f},{there.lat:.6f}"
    link = el("a", _told("map"), href=f"{MAP}?position={position}&coordinate=gaode", rel="noreferrer")
    return [el("p", _told("spot", at=same(f"{there.lat:.6f}, {there.lon:.6f}")), " ", link)]


def _said(key: str, **blanks: Both) -> Html:
    return el("p", _told(key, **blanks))


def _told(key: str, **blanks: Both) -> Html:
    return both(Messages(templates=texts()).render(f"alarm.{key}", blanks))
