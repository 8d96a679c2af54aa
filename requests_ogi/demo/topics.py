"""What people ask each body for, in the words they use. Titles and bodies' own business only; nobody real is named."""

from ..filing import Wanted
from ..vocabulary import Form, Manner

_TOPICS = {
    "nx": """
{year}年度自治区工业技术改造专项资金项目安排表|含项目名称、承担单位、补助金额
{year}年自治区“专精特新”中小企业认定名单及评审标准|
{year}年绿色工厂、绿色园区评价结果|含评价指标和第三方评价机构
{year}年度工业节能监察计划及结果|
自治区工业园区（开发区）{year}年综合考核评价结果|
{year}年电力直接交易准入企业目录|
{year}年度中小企业发展专项资金申报指南和资金分配结果|
自治区煤炭、铁合金行业{year}年产能置换公告文件|需要文号和全文
{year}年自治区工业互联网示范项目验收意见|
{year}年度厅机关政府采购项目合同|服务类，金额50万元以上
贺兰山东麓工业固废综合利用项目{year}年备案材料|
{year}年工业领域碳达峰实施方案征求意见采纳情况|
{year}年企业技术中心认定评审专家名单|
某化工园区{year}年安全环保整治督查报告|
{year}年度清理拖欠中小企业账款工作台账|
自治区软件和信息技术服务业{year}年统计数据|
{year}年“两化”融合贯标企业补助资金拨付明细|
{year}年度厅机关“三公”经费决算说明|
{year}年工业企业用能权指标分配文件|
{year}年新型墙体材料认定企业名录|
""",
    "yc": """
{year}年老旧小区改造项目清单和资金来源|金凤区、兴庆区各项目
{year}年度城市公交线路优化调整方案及客流调查数据|
某片区{year}年国有土地上房屋征收补偿方案|
{year}年集中供热价格成本监审结论|
{year}年市政府常务会议关于保障性租赁住房的决定事项|
{year}年城市更新重点项目环境影响评价审批文件|
{year}年义务教育阶段学校招生划片方案及论证材料|
{year}年度重大建设项目批准和实施情况|
滨河新区{year}年污水处理厂运行监管记录|
{year}年政府购买养老服务合同及绩效评价|
{year}年“互联网+政务服务”平台建设采购文件|
{year}年度地方政府债券资金使用情况|
某路段{year}年道路挖掘占用许可文件|
{year}年市级非物质文化遗产保护资金分配表|
{year}年城镇燃气安全专项整治排查结果|
{year}年度规划委员会会议纪要|
{year}年湿地保护修复工程招标投标文件|
{year}年行政执法案件统计和典型案例|
{year}年共享单车投放总量核定依据|
{year}年度信访积案化解情况|
""",
    "yq": """
{year}年度煤层气综合利用项目补助资金安排文件|
{year}年工业企业技术改造项目备案清单|
{year}年化解煤炭过剩产能任务分解表|
{year}年度民用爆炸物品销售企业安全检查记录|
{year}年工业用地“标准地”出让项目履约监管情况|
{year}年耐火材料行业环保绩效分级结果|
{year}年中小企业公共服务示范平台认定文件|
{year}年全市工业经济运行分析报告|
{year}年度无线电台站设置使用审批情况|
{year}年企业职工安置专项资金拨付明细|
{year}年电力需求响应实施方案|
{year}年度“小升规”企业奖励名单和标准|
{year}年工业节能诊断服务机构遴选结果|
某铝业项目{year}年节能审查意见|
{year}年度局机关行政处罚决定书|
{year}年新能源汽车推广应用补贴清算结果|
{year}年高新技术产业园区考核办法|
{year}年数字经济重点项目库|
{year}年国有企业改制资产处置批复|
{year}年度局党组会议涉及招商事项的讨论记录|
""",
    "ld": """
{year}年农村最低生活保障资金发放名册公示材料|某镇各村，不含个人身份信息
{year}年易地扶贫搬迁后续扶持项目资金使用情况|
某水库移民后期扶持{year}年度项目实施方案|
{year}年农村危房改造补助对象审批结果|
{year}年高标准农田建设项目招标文件|
某高速公路罗甸段{year}年征地补偿标准和安置方案|
{year}年县城义务教育学校建设项目进度|
{year}年火龙果产业发展扶持资金分配表|
{year}年乡村医生补助发放标准及依据|
{year}年农村饮水安全工程水质检测报告|
{year}年县级财政预算调整方案|
{year}年林地占用审核同意书|
{year}年度县政府与企业签订的投资协议|
{year}年农村公路养护资金安排|
{year}年某村集体土地所有权登记资料|
{year}年突发事件应急物资储备情况|
{year}年行政许可事项办理统计|
{year}年惠农补贴“一卡通”发放明细统计|
{year}年红水河沿岸网箱清理补偿方案|
{year}年县城生活垃圾处理收费定价听证材料|
""",
    "wz": """
{year}年招商引资优惠政策兑现情况|
{year}年重大招商项目评审会议结论|
{year}年粤桂合作特别试验区入园企业名单|
{year}年度驻外招商机构经费预算和支出|
{year}年六堡茶产业招商项目库|
某再生资源项目{year}年投资协议|
{year}年招商引资考核办法及考核结果|
{year}年外商投资企业设立备案统计|
{year}年产业园标准厂房租金减免政策依据|
{year}年“三企入桂”项目落地情况|
{year}年宝石加工产业扶持资金分配|
{year}年招商引资项目用地保障清单|
{year}年招商引资中介奖励名单及标准|
{year}年度局机关公务接待费用|
{year}年投资促进平台网站建设合同|
{year}年钛白粉产业链招商规划|
{year}年来梧考察客商名册|
{year}年招商引资项目履约监管情况报告|
{year}年不锈钢产业园基础设施配套资金安排|
{year}年招商干部培训班实施方案|
""",
}


def wanted(body_code: str, number: int, *, manner: Manner) -> Wanted:
    """What the n-th request of a body asks for: its topics in turn, first of last year, then of the year before."""
    lines = [line for line in _TOPICS[body_code].strip().splitlines() if line]
    title, _, description = lines[number % len(lines)].partition("|")
    form = Form.PAPER if manner in {Manner.POST, Manner.IN_PERSON} else Form.ELECTRONIC
    return Wanted(
        title=title.format(year=2025 - number // len(lines)), description=description, form=form, manner=manner
    )
