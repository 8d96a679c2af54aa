"""What is asked, answered and objected to in the deeper stories, body by body. Nobody real is named."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Matter:
    """One request in words: what it asks, who else is asked about what, what they say and what the body makes of it."""

    title: str
    description: str = ""
    party: str = ""
    content: str = ""
    said: str = ""
    found: str = ""
    told: str = ""
    why: str = ""
    pages: int = 0
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A document that is given in part: its title, its rows, and the rows whose value is withheld, with ground and reason."""

    title: str
    number: str
    rows: tuple[tuple[str, str], ...]
    withheld: tuple[tuple[str, str, str], ...]
    party: str
    said: str

    @property
    def withheld_words(self) -> str:
        """What is withheld, for the letter to the third party."""
        return f"《{self.title}》中的" + "、".join(f"“{label}”" for label, _, _ in self.withheld)


_SECRET = "该内容未对外公开，公开后可能使企业在市场竞争中处于不利地位，经征求意见，企业不同意公开且理由合理。"  # noqa: S105
_PRIVATE = "该内容属于个人联系方式，公开后会对个人隐私造成损害，且与申请获取的事项没有关联。"
_TRADE, _PERSONAL = "trade_secret", "privacy"

SHEETS = {
    "nx": Sheet(
        "工业技术改造项目资金安排情况表",
        "编号：宁工信技改〔2025〕17号附表",
        (
            ("项目名称", "数控机床关键部件智能化改造项目"),
            ("承担单位", "（演示）某某装备制造有限公司"),
            ("建设地点", "银川经济技术开发区"),
            ("总投资", "4860万元"),
            ("单位产品成本", "原材料61.2%、人工17.5%、制造费用21.3%"),
            ("补助金额", "120万元（设备投资额的6%）"),
            ("项目联系电话", "（演示号码）0951-5550199"),
            ("验收结论", "通过"),
        ),
        (("单位产品成本", _TRADE, _SECRET), ("项目联系电话", _PERSONAL, _PRIVATE)),
        "（演示）某某装备制造有限公司",
        "单位产品成本构成属于本公司商业秘密，未对外公开，公开后将损害本公司竞争地位；联系人电话属于个人信息，不同意公开。",
    ),
    "yc": Sheet(
        "老旧小区改造项目施工合同要点",
        "编号：银住建改〔2025〕09号",
        (
            ("工程名称", "某某小区外立面和管网改造工程"),
            ("建设单位", "金凤区住房和城乡建设主管部门"),
            ("施工单位", "（演示）某某建设工程有限公司"),
            ("合同价款", "1268万元"),
            ("综合单价组成", "管网单价、人工费率、企业管理费率"),
            ("工期", "180日历天"),
            ("项目经理电话", "（演示号码）0951-5550188"),
            ("资金来源", "中央补助、市级配套"),
        ),
        (("综合单价组成", _TRADE, _SECRET), ("项目经理电话", _PERSONAL, _PRIVATE)),
        "（演示）某某建设工程有限公司",
        "综合单价组成属于本公司商业秘密，未对外公开，公开后将损害本公司竞争地位；联系人电话属于个人信息，不同意公开。",
    ),
    "yq": Sheet(
        "煤层气综合利用项目补助资金审核表",
        "编号：阳工信节〔2025〕06号附表",
        (
            ("项目名称", "低浓度瓦斯发电扩能项目"),
            ("承担单位", "（演示）某某煤层气利用有限公司"),
            ("装机容量", "12台×500千瓦"),
            ("年利用量", "860万立方米"),
            ("设备采购单价", "每台及成套控制系统的报价"),
            ("补助金额", "95万元"),
            ("现场负责人电话", "（演示号码）0353-5550166"),
            ("审核意见", "符合申报条件"),
        ),
        (("设备采购单价", _TRADE, _SECRET), ("现场负责人电话", _PERSONAL, _PRIVATE)),
        "（演示）某某煤层气利用有限公司",
        "设备采购单价属于本公司商业秘密，未对外公开，公开后将损害本公司竞争地位；联系人电话属于个人信息，不同意公开。",
    ),
    "ld": Sheet(
        "农村危房改造补助对象审批结果",
        "编号：罗住建危改〔2025〕22号附表",
        (
            ("镇、村", "（演示）某某镇某某村"),
            ("改造方式", "拆除重建"),
            ("补助对象类别", "农村低收入群体"),
            ("补助标准", "3.5万元每户"),
            ("户主证件号码", "（演示，略）"),
            ("竣工验收", "合格"),
            ("户主联系电话", "（演示号码）0854-5550133"),
            ("资金拨付", "“一卡通”一次性拨付"),
        ),
        (("户主证件号码", _PERSONAL, _PRIVATE), ("户主联系电话", _PERSONAL, _PRIVATE)),
        "（演示）补助对象户主",
        "证件号码和电话属于个人隐私，不同意公开，其他内容没有意见。",
    ),
    "wz": Sheet(
        "再生资源项目投资协议履约情况表",
        "编号：梧投促项〔2025〕11号附表",
        (
            ("项目名称", "再生不锈钢循环利用项目"),
            ("投资主体", "（演示）某某再生资源有限公司"),
            ("约定投资额", "6.2亿元"),
            ("到位投资", "4.1亿元"),
            ("原料采购渠道", "供应商名称、采购价格区间"),
            ("用地面积", "186亩"),
            ("企业联系人电话", "（演示号码）0774-5550155"),
            ("履约评价", "良好"),
        ),
        (("原料采购渠道", _TRADE, _SECRET), ("企业联系人电话", _PERSONAL, _PRIVATE)),
        "（演示）某某再生资源有限公司",
        "原料采购渠道属于本公司商业秘密，未对外公开，公开后将损害本公司竞争地位；联系人电话属于个人信息，不同意公开。",
    ),
}


def _giving(pages: int) -> dict[str, str]:
    return {"provision": f"自本答复书送达之日起，以您选择的方式提供复制件，共{pages}页。"}


@dataclass(frozen=True)
class _Business:
    """What one body deals with, from which its matters are written. Pairs are a title and its details."""

    overridden: tuple[str, str, str, str]
    silent: tuple[str, str, str]
    co_made: tuple[str, str, str]
    referred: tuple[str, str, str]
    fees: tuple[str, str, str]
    corrected: str
    then: str
    returned: str
    many: str
    own: str = ""


_BUSINESS = {
    "nx": _Business(
        (
            "某化工园区2025年危险废物贮存设施安全整治验收报告",
            "（演示）某某化工有限公司",
            "验收报告中贮存设施的渗漏检测数据和整改前后的储量",
            "园区周边有村庄和灌渠，渗漏检测数据关系周边群众饮水和农业灌溉安全，不公开会对公共利益造成重大影响。",
        ),
        ("2025年自治区绿色工厂评价报告", "（演示）某某铝业有限公司", "评价报告中的单位产品能耗和原料消耗数据"),
        (
            "自治区工业园区污水集中处理设施建设专项方案（2025年）",
            "自治区生态环境主管部门",
            "与该部门共同制定的专项方案全文及附表",
        ),
        (
            "2025年电力需求侧管理应急保供方案",
            "自治区国家保密行政管理部门",
            "方案附件中重要用户名单和负荷曲线是否属于国家秘密",
        ),
        (
            "2020年以来工业技术改造专项资金项目申报书全文",
            "2018年以来中小企业发展专项资金绩效评价报告全文",
            "2019年以来清洁生产审核评估报告全文",
        ),
        "自治区2024年化解铁合金行业过剩产能企业名单的会议决定",
        "2023年度工业领域专项资金分配方案讨论稿",
        "2025年新型工业化产业示范基地复核结论",
        "{year}年度自治区工业和信息化专项资金项目公示名单",
    ),
    "yc": _Business(
        (
            "某片区2025年自来水厂出厂水水质检测报告",
            "（演示）某某供水有限公司",
            "检测报告中的水源井分布和各项检测指标",
            "水质检测结果直接关系片区居民饮水安全，不公开会对公共利益造成重大影响；水源井坐标已作区分处理。",
        ),
        ("2025年城市停车设施特许经营协议", "（演示）某某停车运营有限公司", "协议中的投资测算表和收益分成条款"),
        ("2025年市区公交场站综合开发实施方案", "市自然资源主管部门", "与该部门共同制定的实施方案全文及地块图"),
        (
            "2025年城市地下管线普查成果图",
            "市国家保密行政管理部门",
            "成果图中军事管理区周边管线数据是否属于国家秘密",
        ),
        (
            "2020年以来市政道路工程结算审核报告全文",
            "2019年以来物业专项维修资金使用审批材料全文",
            "2018年以来城镇燃气经营许可档案全文",
        ),
        "2024年某片区旧城改建房屋征收范围调整的会议决定",
        "2023年度中心城区学位供给方案讨论稿",
        "2025年城市更新项目社会稳定风险评估结论",
        "{year}年度市级重大建设项目计划及完成情况",
    ),
    "yq": _Business(
        (
            "某矿区2025年煤层气抽采管线泄漏隐患排查报告",
            "（演示）某某煤层气管输有限公司",
            "排查报告中的管线压力参数和隐患点位置",
            "管线穿越居民区，隐患点位置和整改情况关系周边居民人身安全，不公开会对公共利益造成重大影响。",
        ),
        ("2025年耐火材料企业清洁生产审核报告", "（演示）某某耐火材料有限公司", "审核报告中的配方组成和窑炉热工参数"),
        ("阳泉市2025年工业炉窑综合治理实施方案", "市生态环境主管部门", "与该部门共同制定的实施方案全文及任务清单"),
        (
            "2025年民用爆炸物品储存库安全评价结论",
            "市国家保密行政管理部门",
            "评价报告中储存库位置和警戒设施是否属于国家秘密",
        ),
        (
            "2019年以来企业技术改造项目备案材料全文",
            "2020年以来工业企业节能监察报告全文",
            "2018年以来中小企业专项资金申报材料全文",
        ),
        "2024年煤层气综合利用项目补助资金调整的会议决定",
        "2023年度化解过剩产能职工安置方案讨论稿",
        "2025年“专精特新”中小企业复核结论",
        "{year}年度全市规模以上工业企业名录",
        "2025年工业企业停产整顿验收档案",
    ),
    "ld": _Business(
        (
            "某水库2025年网箱养殖清理后的水质监测报告",
            "（演示）某某水产养殖专业合作社",
            "监测报告中的投料量和各监测断面数据",
            "该水库是沿岸村寨的饮用水水源，水质数据关系群众饮水安全，不公开会对公共利益造成重大影响。",
        ),
        ("2025年火龙果冷链物流项目投资协议", "（演示）某某农业开发有限公司", "协议中的收购价格和分红条款"),
        ("罗甸县2025年乡村道路灾后恢复重建方案", "县交通运输主管部门", "与该部门共同制定的重建方案全文及概算表"),
        (
            "2025年应急物资储备库布局方案",
            "县国家保密行政管理部门",
            "方案中储备库位置和战备物资数量是否属于国家秘密",
        ),
        (
            "2018年以来农村危房改造补助审批材料全文",
            "2019年以来易地扶贫搬迁后续扶持项目档案全文",
            "2020年以来高标准农田建设项目竣工验收材料全文",
        ),
        "2024年某高速公路连接线征地补偿标准调整的会议决定",
        "2023年度惠农补贴资金分配方案讨论稿",
        "2025年村集体经济项目评审结论",
        "{year}年度财政衔接推进乡村振兴补助资金项目计划",
    ),
    "wz": _Business(
        (
            "某陶瓷项目2025年投资建设环境承诺履行情况报告",
            "（演示）某某陶瓷科技有限公司",
            "报告中的窑炉排放自测数据和煤改气进度",
            "项目毗邻居民小区，排放自测数据关系周边居民身体健康，不公开会对公共利益造成重大影响。",
        ),
        ("2025年宝石加工产业园入园协议", "（演示）某某宝石加工有限公司", "协议中的租金优惠和设备投资明细"),
        (
            "梧州市2025年粤桂合作招商引资专项行动方案",
            "粤桂合作特别试验区管理机构",
            "与该机构共同制定的行动方案全文及任务分工",
        ),
        (
            "2025年外商投资重点项目洽谈情况专报",
            "市国家保密行政管理部门",
            "专报中未披露的投资主体和投资意向是否属于国家秘密",
        ),
        (
            "2019年以来招商引资项目评审会议材料全文",
            "2020年以来招商引资奖励资金兑现审核材料全文",
            "2018年以来驻外招商活动经费报销材料全文",
        ),
        "2024年六堡茶产业招商项目奖励标准调整的会议决定",
        "2023年度招商引资考核办法讨论稿",
        "2025年产业园标准厂房入驻评审结论",
        "{year}年度全市招商引资签约项目目录",
        "2025年外来投资企业投诉受理和办结情况",
    ),
}


def matter(body_code: str, name: str) -> Matter:
    """The matter of that name at a body. `many:2020` and `parted:2020` are of a year."""
    ours = _BUSINESS[body_code]
    name, _, year = name.partition(":")
    if name == "many":
        return Matter(ours.many.format(year=year), "需要盖章的正式文本和全部附表")
    if name == "parted":
        return Matter(f"{year}年度{SHEETS[body_code].title}", "需要表格全部内容")
    return _WRITTEN[name](body_code, ours)


def _overridden(code: str, ours: _Business) -> Matter:
    title, party, content, found = ours.overridden
    said = "有关数据反映本单位的生产经营状况，属于商业秘密，公开后可能引起误解，影响本单位正常经营，不同意公开。"
    return Matter(title, "需要报告全文", party, content, said, found, told=found, texts=_giving(18))


def _asked(triple: tuple[str, str, str], *, pages: int, why: str = "") -> Matter:
    title, party, content = triple
    return Matter(title, "", party, content, why=why, texts=_giving(pages))


def _charged(place: int, pages: int) -> "_Writer":
    why = f"您一次申请提供多个年度的全部材料，经清点共{pages}页，检索、复制、审查的工作量明显超过一般申请。"
    return lambda code, ours: Matter(
        ours.fees[place], "需要全部年度的完整材料", why=why, pages=pages, texts=_giving(pages)
    )


_Writer = Callable[[str, _Business], Matter]
_WRITTEN: dict[str, _Writer] = {
    "overridden": _overridden,
    "silent": lambda code, ours: _asked(ours.silent, pages=26),
    "co_made": lambda code, ours: _asked(ours.co_made, pages=31),
    "referred": lambda code, ours: _asked(
        ours.referred, pages=9, why="所申请的信息是否属于国家秘密，正在报请有权机关依法认定，认定之前暂不能提供。"
    ),
    "unpaid": _charged(0, 236),
    "paid": _charged(1, 148),
    "paying": _charged(2, 186),
    "summed": lambda code, ours: Matter(
        f"近十年{ours.many.format(year='').removeprefix('年度')}的分类汇总统计", "按类别、按区域分年度列表"
    ),
    "corrected": lambda code, ours: Matter(ours.corrected, "需要会议最终作出的决定，不需要讨论记录"),
    "then": lambda code, ours: Matter(ours.then),
    "returned": lambda code, ours: Matter(ours.returned, texts=_giving(4)),
    "suspended": lambda code, ours: Matter(
        ours.own, why="存放该批档案的库房因强降雨进水，档案正在抢救修复，修复完成之前无法调取、核对。"
    ),
    "told": lambda code, ours: Matter(ours.own, "申请人在电话中说明：需要2025年全年的统计表"),
}
