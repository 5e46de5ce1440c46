"""Somebody new: he answers the recruitment call, is approved, gets a code by SMS and acts with a token of his own."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from demo.camera import LOCAL
from demo.client import Json, Person, Refused
from demo.sms import arrives, received, unused
from demo.stage import VILLAGES, Stage, expect, new_key

KEY = "newcomer"
DEVICE = "demo-phone-of-the-newcomer"
CODE = re.compile(r"验证码(\d{6})")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Somebody who was approved, and does not know it yet; `visitor` asks without a token."""

    visitor: Person
    id: str
    phone: str
    since: datetime


@dataclass(slots=True, kw_only=True)
class Wallet:
    """His phone's refresh token: good for one renewal, and followed by the next."""

    visitor: Person
    refresh_token: str

    def renew(self) -> str:
        """A new access token. Raises Refused."""
        body = {"refresh_token": self.refresh_token, "device": DEVICE}
        tokens = self.visitor.post("/login/refresh", body)
        expect(tokens["refresh_token"] != self.refresh_token, "each refresh token has a successor")
        self.refresh_token = tokens["refresh_token"]
        return str(tokens["access_token"])


def begin(stage: Stage) -> Applicant:
    """Somebody applies and is approved."""
    stage.tell.scene("第一幕（上）　应招与核准", "Scene 1, part one: somebody new applies and is approved")
    since, phone = datetime.now(UTC), unused(stage)
    stage.tell.names[KEY] = f"应招快递员{phone[-4:]}"
    visitor = stage.cast.visitor(KEY)
    _applies(stage, visitor, phone, _call(stage))
    return Applicant(visitor=visitor, id=_approved(stage, phone), phone=phone, since=since)


def end(stage: Stage, applicant: Applicant) -> None:
    """He reads the SMS, asks for a code and signs in; from then on the part `newcomer` is taken."""
    stage.tell.scene("第一幕（下）　短信验证码登录", "Scene 1, part two: he signs in with a code")
    _sms(stage, applicant, "已通过", "his application is approved; he may sign in")
    code = _code(stage, applicant)
    _signed_in(stage, applicant, code)


def _sms(stage: Stage, applicant: Applicant, holding: str, en: str) -> str:
    whose = stage.tell.names[KEY]
    return arrives(stage, applicant.phone, holding, since=applicant.since, whose=whose, en=en)


def _call(stage: Stage) -> str:
    stage.tell.does("admin", "发布招募令，打印二维码。", "Makes a recruitment call, and prints its QR code.")
    wanted = {"villages": list(VILLAGES), "valid_until": (datetime.now(UTC) + WEEK).isoformat(), "most": 50}
    call = stage.cast["admin"].post("/recruitments", wanted, key=new_key())
    stage.tell.notes(f"二维码内容：{call['qr']}", "what the QR code says")
    return str(call["id"])


def _applies(stage: Stage, visitor: Person, phone: str, code: str) -> None:
    stage.tell.does(KEY, "扫码应招，阅读并同意个人信息告知。", "Scans it, reads what he agrees to, and applies.")
    consent = visitor.get(f"/recruitments/{code}")["consent"]
    form = {
        "code": code,
        "name": stage.tell.names[KEY],
        "phone": phone,
        "employer": "试点快递公司",
        "skills": ["急救"],
        "villages": list(VILLAGES),
        "adult": True,
        "consent": consent["version"],
    }
    expect(visitor.post("/applications", form) == {"state": "received"}, "the answer tells a stranger nothing")


def _approved(stage: Stage, phone: str) -> str:
    stage.tell.does(
        "centre", "培训合格，发放安全出行礼包，予以核准。", "He was trained and got his welcome pack: approves."
    )
    centre, today = stage.cast["centre"], datetime.now(LOCAL).date().isoformat()
    decision = {"decision": "approve", "trained_on": today, "trained_by": "分拣中心", "pack_on": today}
    id = _waiting(centre, phone)
    centre.post(f"/applications/{id}/decision", decision, key=new_key())
    person = centre.get(f"/people/{id}")
    expect(person["trained_on"] == person["pack_on"] == today, "training and pack stand with the person")
    return id


def _waiting(centre: Person, phone: str) -> str:
    """The id of the application from this number, which will be the courier's."""
    page = centre.get("/applications", limit=100)
    while True:
        for one in page["applications"]:
            if one["phone"] == phone:
                return str(one["id"])
        expect(page["cursor"] is not None, "the application waits for the centre")
        page = centre.get("/applications", limit=100, cursor=page["cursor"])


def _code(stage: Stage, applicant: Applicant) -> str:
    """The code that he is sent; a number that nobody knows hears the same, and is sent nothing."""
    stage.tell.does(KEY, "按手机号获取验证码。", "Asks for a code to sign in with.")
    stranger = unused(stage)
    answers = [applicant.visitor.post("/login/codes", {"phone": number}) for number in (stranger, applicant.phone)]
    expect(answers[0] == answers[1], "nobody learns which numbers are known")
    found = CODE.search(_sms(stage, applicant, "】验证码", "a code, good for five minutes"))
    expect(received(stage, stranger) == [], "a stranger's number is sent nothing")
    stage.tell.notes(f"陌生号码 {stranger} 得到同样的答复，但不发短信。", "an unknown number: same answer, no SMS")
    expect(found is not None, "the SMS holds a code of six digits")
    return found[1] if found else ""


def _signed_in(stage: Stage, applicant: Applicant, code: str) -> None:
    visitor, sign_in = applicant.visitor, {"phone": applicant.phone, "device": DEVICE, "device_name": "演示手机"}
    stage.tell.does(KEY, "先输错一位，再输对。", "Mistypes the code, then types it right.")
    _mistyped(stage, visitor, sign_in | {"code": f"{(int(code) + 1) % 10**6:06}"})
    wallet = Wallet(visitor=visitor, refresh_token=visitor.post("/login", sign_in | {"code": code})["refresh_token"])
    me = stage.cast.joined(KEY, applicant.id, wallet.renew())
    me.renew = wallet.renew
    expect(me.get("/me")["posts"] == [f"courier:{applicant.id}"], "he is a courier now")
    stage.tell.notes(
        f"已登录，令牌 15 分钟有效并已续期一次；身份：courier:{applicant.id}",
        "signed in; his token lives 15 minutes and was renewed once",
    )


def _mistyped(stage: Stage, visitor: Person, sign_in: Json) -> None:
    try:
        visitor.post("/login", sign_in)
    except Refused as refusal:
        expect(refusal.rule == "code_wrong", f"a wrong code was refused by {refusal.rule}")
        stage.tell.refused(refusal.problem)
    else:
        expect(False, "a wrong code should have been refused")
