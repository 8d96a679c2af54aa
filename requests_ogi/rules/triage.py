"""Telling a request for information from a question about policy and from a petition, before it is received (YQ-S1-5c)."""

from portal.regulations.registry import carries

from ..vocabulary import Concern
from .refusal import Refused


@carries("YQ-S1-5c")
def is_a_request(concern: str, *, office: str, phone: str) -> None:
    """Whether what somebody comes with is a request for information. Raises Refused saying where else to take it.

    `office` and `phone` are those of the body's openness office.
    """
    if concern == Concern.POLICY:
        raise Refused(
            f"政策咨询不需要提出公开申请：请直接拨打{phone}（{office}）咨询，或者拨打12345政务服务便民热线，答复更快。"
            "需要获取具体文件、数据的，请选择“申请获取政府信息”。"
        )
    if concern == Concern.PETITION:
        raise Refused(
            "信访、投诉、举报不能作为政府信息公开申请办理：请通过国家信访局网上投诉系统、信访接待窗口或者12345政务服务便民热线提出，"
            "由有权处理的机关依法办理。需要获取有关政府信息的，请选择“申请获取政府信息”。"
        )
