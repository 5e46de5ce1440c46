"""What a look-out may not say: an address, a phone, an ID number, more of a name than the surname."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.lookouts.words import checked

FIT = (
    "走失老人，男，约80岁，穿蓝色外套，黑色布鞋，走路稍跛",
    "陈某，女，72岁，灰色短发",
    "陈奶奶，72岁",
    "林姓老人，女，70岁",
    "高个，男，60岁",
    "穿10号球衣，身高165厘米，乘928路公交",
    "3号台风蓝色预警，请留意路边倾倒的广告牌与积水",
    "Elderly man, about 80, blue jacket",
    "Mr Chen, 72, grey hair",
)
UNFIT = {
    "电话13800138000": "lookout_phone",
    "联系 138-0013-8000": "lookout_phone",
    "0592-6361234": "lookout_phone",
    "１３８００１３８０００": "lookout_phone",
    "身份证350211194001011234": "lookout_id_number",
    "35021119400101123x": "lookout_id_number",
    "住深青村12号": "lookout_door",
    "三号楼402室": "lookout_door",
    "7栋2单元": "lookout_door",
    "12-302室": "lookout_door",
    "Room 302": "lookout_door",
    "12 Jimei Road": "lookout_door",
    "陈建国，男，80岁": "lookout_name",
    "名叫林阿水": "lookout_name",
    "姓名：王小明": "lookout_name",
    "named Chen Jianguo": "lookout_name",
    "Chen Jianguo, 72": "lookout_name",
    "高" * 201: "lookout_too_long",
}


@pytest.mark.parametrize("text", FIT)
def test_what_somebody_looks_like_may_be_said(text: str) -> None:
    assert checked(f" {text} ") == text


@pytest.mark.parametrize(("text", "rule"), UNFIT.items())
def test_what_leads_to_a_person_or_a_door_is_refused_by_a_rule_that_says_what(text: str, rule: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked(text)
    assert refusal.value.rule == rule


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "-", "·", "."]), st.integers(1, 10))
def test_a_phone_is_found_however_it_is_cut(phone: str, gap: str, at: int) -> None:
    with pytest.raises(Invalid):
        checked(f"请联系{phone[:at]}{gap}{phone[at:]}谢谢")
