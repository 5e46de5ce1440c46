"""What a look-out may not say: an address, a phone, an ID number, more of a name than the surname (DOMAIN §5).

Dozens of people read it. A description of clothes and of how somebody walks helps more than a name, and finds nobody's
door. The patterns refuse what is plainly one of these; they are a net, and no promise that a text is fit to be read.
"""

import re
import unicodedata

from chalicelib.domain.errors import Invalid

LONGEST = 200  # characters, of each language

GAP = r"[\s.,·()_-]*"  # what people put between digits
ID_NUMBER = re.compile(rf"(?:\d{GAP}){{17}}[\dXx]")
PHONE = re.compile(rf"(?:\d{GAP}){{6}}\d")  # seven digits or more: no clothing size and no age has so many
NUMERAL = r"[\d零一二三四五六七八九十百]+"
DOOR = re.compile(
    rf"{NUMERAL}\s*(?:号楼|号院|号铺|号(?!线|公交|路|车|码|风|台风|球)|栋|幢|单元|室|弄|楼{NUMERAL}|门牌)"
    rf"|门牌|\d+\s*[-#]\s*\d+(?:\s*[-#]\s*\d+)?\s*(?:室|房)?"
    r"|(?i:\b(?:no\.?|room|rm\.?|flat|apt\.?|apartment|unit|suite|building|block|bldg\.?|house|door)\s*#?\s*\d+)"
    r"|(?i:\b\d+\s+[a-z]+\s+(?:road|rd|street|st|lane|avenue|ave)\b)"
)
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹柏苏潘葛范彭郎鲁韦马方俞任袁柳鲍史唐费薛雷贺倪汤"
    "罗毕郝邬安常傅齐康伍余顾孟黄萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯"
    "卢莫丁邓洪包左石崔龚程邢裴陆翁荀惠曲侯宁白叶庄连游尤曾"
)
TITLE = re.compile(  # what may follow a surname
    r"某{1,2}|姓.?|氏|先生|女士|小姐|奶奶|爷爷|大?[爷妈娘伯叔婶嫂哥姐]|[爷妈伯叔]{2}|老[师伯太人汉]?|阿[姨婆公伯]|师傅|医生|个"
)
MARK = r"(?:姓名|名字|本名|名叫|叫做|全名)\s*(?:是|为|叫|:)?\s*"
CALLED = re.compile(rf"{MARK}[一-鿿]([一-鿿]{{1,2}})")
WHOLE_NAME = re.compile(
    rf"(?:^|[\s,。;、(])[{SURNAMES}]([一-鿿]{{1,2}})(?=\s*[,、(]\s*(?:男|女|年?\d{{1,3}}岁|约?\d{{1,3}}))"
)
NAMED = re.compile(r"(?:\b[Nn]amed?\s*(?:is|:)?|\bcalled)\s+[A-Z][a-z]+\s+[A-Z][a-z]+")
WHOLE_NAME_EN = re.compile(
    r"(?!(?:Mrs?|Ms|Miss|Dr|Old|Elderly)\b)\b[A-Z][a-z]+ [A-Z][a-z]+"
    r"(?:,\s*(?:an? )?(?:male|female|man|woman|aged?|\d{1,3}))"
)


def checked(text: str) -> str:
    """The text without blanks around it, fit to be read by couriers; "" where there is none.

    Raises Invalid (`lookout_too_long`, `lookout_id_number`, `lookout_phone`, `lookout_door`, `lookout_name`).
    """
    said = text.strip()
    if len(said) > LONGEST:
        raise Invalid("lookout_too_long", most=LONGEST)
    plain = unicodedata.normalize("NFKC", said)
    for pattern, rule in _PATTERNS:
        if pattern.search(plain):
            raise Invalid(rule)
    given = [found[1] for pattern in (CALLED, WHOLE_NAME) for found in pattern.finditer(plain)]
    if not all(TITLE.match(name) for name in given):
        raise Invalid("lookout_name")
    return said


_PATTERNS = (
    (ID_NUMBER, "lookout_id_number"),
    (PHONE, "lookout_phone"),
    (DOOR, "lookout_door"),
    (NAMED, "lookout_name"),
    (WHOLE_NAME_EN, "lookout_name"),
)
