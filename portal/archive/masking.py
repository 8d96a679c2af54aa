"""How personal data looks on screen when nobody has asked to see it. Pure."""

import re

_COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙"
        "钟离长孙宇文司徒鲜于司空令狐第五拓跋呼延轩辕百里东郭西门南门",
    )
)
# A place name ends at 省, 市, 区 and so on; 小区, 社区, 园区 … are part of the street address.
_DISTRICT = re.compile(r"^.{2,}?(?:(?<![小社园校厂辖])区|县|(?<!红)旗|市)(?!区)")
_PREFECTURE = re.compile(r"^.{2,}?(?:市(?!场)|自治州|地区|盟)")
_PROVINCE = re.compile(r"^.{2,}?(?:特别行政区|自治区|省|(?:北京|天津|上海|重庆)市)")


def mask_name(name: str, *, organisation: bool = False) -> str:
    """王小明 → 王**, 欧阳修 → 欧阳**: the surname and two stars whatever the length. An organisation's name is public."""
    name = name.strip()
    if organisation or not name:
        return name
    surname = name[:2] if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else name[:1]
    return f"{surname}**"


def mask_id_number(number: str) -> str:
    """An identity number with its first three and last two characters; short ones keep one and two, tiny ones nothing."""
    number = number.strip()
    if len(number) < 6:
        return "*" * len(number)
    kept = 3 if len(number) >= 15 else 1
    return number[:kept] + "*" * (len(number) - kept - 2) + number[-2:]


def mask_phone(phone: str) -> str:
    """13812341234 → 138****1234; a landline keeps its area code and last two digits."""
    digits = re.sub(r"\D", "", phone)
    if re.fullmatch(r"(?:86)?1\d{10}", digits):
        return f"{digits[-11:-8]}****{digits[-4:]}"
    if landline := re.fullmatch(r"\s*(0\d{2,3})[-— ](\d{7,8}).*", phone):
        return f"{landline[1]}-{'*' * (len(landline[2]) - 2)}{landline[2][-2:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:] if len(digits) > 4 else "*" * len(digits)


def mask_email(email: str) -> str:
    """wang@example.cn → w***@example.cn."""
    name, at, domain = email.strip().rpartition("@")
    return f"{name[:1]}***@{domain}" if at and name else "***"


def mask_address(address: str) -> str:
    """宁夏回族自治区银川市兴庆区北京东路1号 → 宁夏回族自治区银川市兴庆区******: down to the county, no further."""
    kept, rest = "", re.sub(r"\s", "", address)
    for level in (_PROVINCE, _PREFECTURE, _DISTRICT):
        if (place := level.match(rest)) and place.end() <= 12:
            kept, rest = kept + place[0], rest[place.end() :]
    if not rest and not kept:
        return ""
    return f"{kept or rest[:2]}******"
