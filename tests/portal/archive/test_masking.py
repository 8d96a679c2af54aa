"""Personal data as it is shown to people who have not asked to see it."""

import pytest

from portal.archive.masking import mask_address, mask_email, mask_id_number, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王明", "王**"),
        ("王小明", "王**"),
        (" 欧阳修 ", "欧阳**"),
        ("司马相如", "司马**"),
        ("司马", "司**"),
        ("阿不都热合曼·买买提", "阿**"),
        ("John Smith", "J**"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname_and_hides_its_length(name, shown):
    assert mask_name(name) == shown


def test_an_organisation_keeps_its_name():
    assert mask_name("宁夏示例科技有限公司", organisation=True) == "宁夏示例科技有限公司"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("110101199003071233", "110*************33"),
        ("110101900307123", "110**********23"),
        ("E12345678", "E******78"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_an_identity_number_keeps_its_ends(number, shown):
    assert mask_id_number(number) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"),
        ("+86 138-1234-1234", "138****1234"),
        ("0951-1234567", "0951-*****67"),
        ("010 12345678转801", "010-******78"),
        ("1234567", "*****67"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_a_telephone_number_hides_its_middle(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("email", "shown"), [("wang@example.cn", "w***@example.cn"), ("nonsense", "***"), ("@x.cn", "***")]
)
def test_an_email_address_keeps_its_first_letter_and_domain(email, shown):
    assert mask_email(email) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("宁夏回族自治区银川市兴庆区北京东路123号幸福小区2栋", "宁夏回族自治区银川市兴庆区******"),
        ("北京市西城区府右街1号", "北京市西城区******"),
        ("贵州省黔南布依族苗族自治州罗甸县龙坪镇解放路1号", "贵州省黔南布依族苗族自治州罗甸县******"),
        ("浙江省金华市婺城区 八一南街1号", "浙江省金华市婺城区******"),
        ("浙江省义乌市稠城街道1号", "浙江省义乌市******"),
        ("幸福小区2栋301", "幸福******"),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_county(address, shown):
    assert mask_address(address) == shown
