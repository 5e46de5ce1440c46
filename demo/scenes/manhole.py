"""A manhole cover is missing (class E, day or night): those on duty are called one after the other till one answers."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo import pictures
from demo.camera import LOCAL
from demo.case import Case
from demo.client import Json, download, press
from demo.followers import LONGEST, earns, hears
from demo.intake import Find, report
from demo.sms import arrives
from demo.stage import VILLAGES, Stage, expect

KIND = "0301"
ROADS, HELPERS = "department:D04", ("D18", "D19")
SHENQING = (24.6121, 117.991)  # 深青村第5网格
ALARMED = {"grid_member": "alarm", "village": "alarm_guard", "centre": "alarm"}
LINK = re.compile(r"https?://[^\s，。]+/v1/alarms/[\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who is on duty for a post tonight: names of slots, and phones that only they have."""

    name: str
    post: str
    main: str
    deputy: str

    def roster(self) -> Json:
        """Today's and tomorrow's shifts, from midnight on."""
        today = datetime.now(LOCAL).date()
        slots = {"main": self._on_duty("正班", self.main), "deputy": self._on_duty("副班", self.deputy)}
        days = [today, today + timedelta(days=1)]
        return {"days": [{"day": day.isoformat(), "shifts": [{"begins": "00:00"} | slots]} for day in days]}

    def _on_duty(self, slot: str, phone: str) -> Json:
        return {"name": f"{self.name}{slot}", "phone": phone}


VILLAGE = Duty(name="深青村", post=f"village:{VILLAGES[0]}", main="10000000901", deputy="10000000902")
CENTRE = Duty(name="分拣中心", post="centre:350211102", main="10000000903", deputy="10000000904")


def begin(stage: Stage) -> Case:
    """It is reported, and the first on duty are called; they do not answer."""
    stage.tell.scene(
        "第七幕（上）　井盖缺失（特急，深夜也有人值班）",
        "Scene 7, part one: a manhole cover is missing; danger to life is answered for at night as by day",
    )
    stage.tell.does("admin", "排好今明两天的值班表：村居、分拣中心各有正副班。", "Writes the duty rosters.")
    for duty in (VILLAGE, CENTRE):
        stage.cast["admin"].ask("PUT", f"/rosters/{duty.post}", json=duty.roster())
    case = _reported(stage)
    for key, template in ALARMED.items():
        hears(case, key, template)
    for duty in (VILLAGE, CENTRE):
        _called(case, f"{duty.name}正班", duty.main)
    stage.tell.notes("两处正班都没有应答……", "neither of them answers …")
    return case


def _reported(stage: Stage) -> Case:
    text = "校门口路中间，井盖不见了。"
    case = report(
        stage,
        Find(name="manhole", spot=stage.spot(*SHENQING), view=pictures.manhole_open, kind=KIND, text=text),
        by="newcomer",
        zh=f"差点骑进去！立即上报：{stage.kind(KIND)}。",
        en="Nearly rode into it! Reports at once.",
    )
    expect(case.standing["emergency"], "danger to life raises the emergency notice")
    return case


def _called(case: Case, whose: str, phone: str) -> str:
    """The SMS that somebody on duty is sent about this report."""
    since = datetime.fromisoformat(case.standing["created_at"])
    en = "an alarm by SMS, with a link to answer it"
    return arrives(case.stage, phone, "特急", since=since, whose=whose, en=en, patience=LONGEST)


def end(stage: Stage, case: Case) -> None:
    """The deputies are called in turn; the centre's answers by the link, and it is made good."""
    stage.tell.scene("第七幕（下）　副班接到呼叫", "Scene 7, part two: the deputies are called")
    _called(case, f"{VILLAGE.name}副班", VILLAGE.deputy)
    _answered(case, _called(case, f"{CENTRE.name}副班", CENTRE.deputy))
    _guarded_and_dispatched(case)
    _covered(stage, case)


def _answered(case: Case, text: str) -> None:
    found = LINK.search(text)
    expect(found is not None, "the SMS holds a link")
    link = found[0] if found else ""
    expect(download(link).ok and not _answers(case), "looking at the page answers nothing")
    expect(press(link).ok, "the button answers")
    answer = _answers(case)[0]
    case.stage.tell.notes(
        f"分拣中心副班点开短信链接，按下“已收到”：{answer['details']['name']} 应答，不再呼叫。",
        "the centre's deputy opens the link and presses the button: nobody further is called",
    )
    hears(case, "village", "alarm_answered")


def _answers(case: Case) -> list[Json]:
    return [line for line in case.look("centre")["history"] if line["action"] == "acknowledge"]


def _guarded_and_dispatched(case: Case) -> None:
    case.look("village")
    case.act("village", "comment", "派人到场值守。", "Sends someone to stand guard.", text="已派人值守并摆放锥桶。")
    hears(case, case.courier.key, "commented")
    case.act(
        "centre",
        "dispatch",
        "特急不等核实，直接派给市政园林，电力、通信协办（井属谁家尚不清楚）。",
        "Does not wait for verification: dispatches, with power and telecom to help, as the owner is unclear.",
        department="D04",
        co_handlers=list(HELPERS),
        instruction="立即加盖或围挡，并查明权属。",
    )
    expect(case.standing["status"] == "dispatched", "danger to life is dispatched unverified")
    hears(case, "department:D18", "to_help")


def _covered(stage: Stage, case: Case) -> None:
    case.act(ROADS, "accept", "签收，抢修车已出发。", "Signs; the repair team is on its way.")
    stage.tell.does(ROADS, "新井盖装好，拍照。", "A new cover is on; a photo.")
    photo = case.after_photo(ROADS, pictures.manhole_covered)
    case.act(
        ROADS,
        "resolve",
        "办结，公开答复；协办未交，说明为何不等。",
        "Says it is solved, and why it does without the helpers' parts.",
        answer="已更换防坠井盖，权属为市政雨水井。",
        overrule="权属已查明为市政，电力、通信无需再办。",
        after_photos=[photo],
    )
    case.act("grid_member", "confirm", "到场核查：井盖牢固。", "Re-checks on site: the cover holds.")
    expect(case.standing["status"] == "closed", "the re-check ends it")
    hears(case, case.courier.key, "closed")
    for entry in earns(case, "P14", "P15"):
        wanted = "pending" if entry["rule"] == "P14" else "posted"
        expect(entry["state"] == wanted, f"{entry['rule']} is {wanted}: 20 points wait for two people to agree")
