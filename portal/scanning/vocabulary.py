"""The kinds of thing a scan finds."""

from django.db import models


class Finding(models.TextChoices):
    """What was found in a text that is to be published."""

    ID_NUMBER = "id_number", "居民身份证号码"
    BANK_CARD = "bank_card", "银行卡号"
    MOBILE = "mobile", "手机号码"
    LANDLINE = "landline", "固定电话"
    EMAIL = "email", "电子邮箱"
    ADDRESS = "address", "住址门牌"
    LOCATION = "location", "拍摄位置"
    CLASSIFIED = "classified", "密级标志"
    INTERNAL = "internal", "内部资料标识"
    WORD = "word", "敏感词"
    HIDDEN = "hidden", "隐藏内容"
    UNSEEN = "unseen", "无法检查的内容"


PERSONAL = frozenset({Finding.ID_NUMBER, Finding.BANK_CARD, Finding.MOBILE, Finding.EMAIL, Finding.ADDRESS})
"""What says who somebody is, whoever wrote it."""
