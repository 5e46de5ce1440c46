"""SMS as the phones of the local stage get them: its bridge keeps every one, to be read."""

from datetime import datetime, timedelta

from demo.client import PATIENCE, Json, download, patiently
from demo.stage import Stage

RANGE, NUMBERS = "1000000", range(1000, 10_000)  # no mobile has this prefix; those below are the pilot's


def unused(stage: Stage) -> str:
    """A number that was never sent anything."""
    numbers = (f"{RANGE}{stage.chance.choice(NUMBERS)}" for _ in NUMBERS)
    return next(number for number in numbers if not received(stage, number))


def received(stage: Stage, phone: str) -> list[Json]:
    """What a phone was sent, oldest first. Raises NotRunning."""
    found: list[Json] = download(f"{stage.cast.sms}/messages?to={phone}").json()
    return found


def arrives(
    stage: Stage, phone: str, holding: str, *, since: datetime, whose: str, en: str, patience: timedelta = PATIENCE
) -> str:
    """The newest SMS since then that has these words in it; it is told. Raises Surprise if none comes."""

    def look() -> list[str]:
        return [one["text"] for one in received(stage, phone) if _is_new(one, since) and holding in one["text"]]

    text = patiently(f"an SMS with {holding} to {phone}", look, bool, patience=patience)[-1]
    stage.tell.notes(f"短信 → {whose}（{phone}）：{text.partition('\n')[0]}", en)
    return text


def _is_new(sms: Json, since: datetime) -> bool:
    return datetime.fromisoformat(sms["at"]) >= since
