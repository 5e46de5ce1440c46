"""What is handed out (`data/goods.csv`): its name in two languages, and how many of it one person gets in what time."""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.tables import parsed

TABLE = "goods"
COLUMNS = ("good", "zh", "en", "most", "per")
WELCOME_PACK = "welcome_pack"  # 安全出行礼包: an approval records it too (DOMAIN §1)
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz_")
MOST = 1000


class Per(StrEnum):
    """In what time; without one, `most` is what one handing over may be of."""

    EVER = "ever"
    YEAR = "year"
    MONTH = "month"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Good:
    """One row: of `id`, a person gets `most` in the time that `per` names (local)."""

    id: str
    zh: str
    en: str
    most: int
    per: Per


def read(body: bytes) -> dict[str, Good]:
    """Parse an edition. Raises Invalid naming the line, also where the welcome pack is missing or is not once ever."""
    goods: dict[str, Good] = {}

    def parse(cells: dict[str, str]) -> None:
        good = Good(id=cells["good"], zh=cells["zh"], en=cells["en"], most=int(cells["most"]), per=Per(cells["per"]))
        if not good.id or set(good.id) - LETTERS or len(good.id) > 40 or good.id in goods:
            raise ValueError("good")
        if not good.zh.strip() or not good.en.strip():
            raise ValueError("zh, en")
        if not 1 <= good.most <= MOST:
            raise ValueError("most")
        if good.id == WELCOME_PACK and (good.most, good.per) != (1, Per.EVER):
            raise ValueError("per")
        goods[good.id] = good

    parsed(TABLE, body, COLUMNS, parse)
    if WELCOME_PACK not in goods:
        raise Invalid("goods_lack", good=WELCOME_PACK)
    return goods


def gone(id: str, zh: str, en: str) -> Good:
    """A good that the table names no longer: what was handed over of it can still be put right."""
    return Good(id=id, zh=zh, en=en, most=MOST, per=Per.NONE)
