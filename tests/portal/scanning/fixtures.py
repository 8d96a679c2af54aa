"""What a scan must find and what it must leave alone, in the wording of real papers. All invented.

The bearers of the identity numbers were born before 1912; cards and telephones are rows of noughts with a valid end.
"""

from portal.scanning.vocabulary import Finding

OFFICE = (
    "0951-5016000",
    "0951-6038899",
    "zwgk@gxt.example.gov.cn",
    "@oa.example.cn",
    "宁夏回族自治区银川市兴庆区文化西街100号政务楼3楼305室",
)
"""What the office itself makes public about itself."""
WORDS = ("示例敏感词", "重点人员名单", "ABC计划", "拆迁底价")


def identity(first: str) -> str:
    """Seventeen digits with their check digit."""
    total = sum(
        int(digit) * weight
        for digit, weight in zip(first, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    return first + "10X98765432"[total % 11]


def card(first: str) -> str:
    """A card number with its check digit."""
    return next(
        number
        for number in (f"{first}{digit}" for digit in range(10))
        if sum(sum(map(int, str(int(one) * (1 + at % 2)))) for at, one in enumerate(reversed(number))) % 10 == 0
    )


def wide(text: str) -> str:
    """The same in full width."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def in_words(number: str) -> str:
    """Digits as Chinese numerals."""
    return number.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


MA, BAI, TIAN = identity("64010219020304001"), identity("64032219110909002"), identity("45040319051230113")
OLD = "640102030405123"
UNION, ICBC, SHORT = card("622202290000000001"), card("955880290000000002"), card("621700000000000")
ID, CARD, MOBILE, LANDLINE = Finding.ID_NUMBER, Finding.BANK_CARD, Finding.MOBILE, Finding.LANDLINE
EMAIL, ADDRESS, CLASSIFIED = Finding.EMAIL, Finding.ADDRESS, Finding.CLASSIFIED
INTERNAL, WORD, LOCATION = Finding.INTERNAL, Finding.WORD, Finding.LOCATION

POSITIVES: tuple[tuple[str, set[Finding]], ...] = (
    # identity numbers
    (f"当事人马某，身份证号：{MA}，现住银川市。", {ID}),
    (f"公民身份号码{BAI.lower()}", {ID}),
    (f"补贴对象：白某（{BAI}），补贴金额1200元。", {ID}),
    (f"{TIAN[:6]} {TIAN[6:14]} {TIAN[14:]}", {ID}),
    (f"证号{TIAN[:6]}-{TIAN[6:14]}-{TIAN[14:]}，已核验。", {ID}),
    (f"身份证号码：{wide(MA)}", {ID}),
    (f"身份證號碼：{in_words(MA[:17])}{in_words(MA[17])}", {ID}),
    ("身份证" + "\u200b".join(TIAN), {ID}),
    ("申领人证件 " + " ".join(MA), {ID}),
    (f"序号\t姓名\t证件号码\n1\t马某\t{MA}\n2\t白某\t{BAI}", {ID}),
    (f"身份证号：{MA[:10]}\n{MA[10:]}（换行排版）", {ID}),
    (f"身份证号（15位）：{OLD}", {ID}),
    (f"证件号码{MA[:17]}{(int(MA[17].replace('X', '0')) + 1) % 10}（录入有误）", {ID}),
    (f"低保户名册（2025年第一季度） 田某 {TIAN} 3人", {ID}),
    # bank cards
    (f"补贴资金打入银行卡号{UNION}。", {CARD}),
    (f"开户行：某某银行，账号：{ICBC}", {CARD}),
    (f"一卡通账号 {UNION[:4]} {UNION[4:8]} {UNION[8:12]} {UNION[12:16]} {UNION[16:]}", {CARD}),
    (f"收款账户：{SHORT[:4]}-{SHORT[4:8]}-{SHORT[8:12]}-{SHORT[12:]}", {CARD}),
    (f"工资卡：{wide(SHORT)}", {CARD}),
    (f"发放明细：马某 {UNION} 600.00", {CARD}),
    (f"储蓄卡号{in_words(SHORT)}", {CARD}),
    (f"银行卡：{card('439225000000000')}", {CARD}),
    # mobile telephones
    ("联系人：马科长，13900000001。", {MOBILE}),
    ("手机：139-0000-0002", {MOBILE}),
    ("电话 139 0000 0003 微信同号", {MOBILE}),
    ("聯系電話：１３９００００００４４", {MOBILE}),
    ("举报人留下的号码是+86 13900000005", {MOBILE}),
    ("请拨打一三九零零零零零零零六与白某联系", {MOBILE}),
    ("项目负责人田某（1990000 0007）", {MOBILE}),
    ("申请人电话：139.0000.0008", {MOBILE}),
    ("电话1390\u200b000\u20600009，下午在", {MOBILE}),
    ("联系方式：1 3 9 0 0 0 0 0 0 1 0", {MOBILE}),
    ("户主电话：008613900000011；子女电话：13900000012", {MOBILE}),
    ("①13900000013（施工方）", {MOBILE}),
    # land lines that are not the office's own
    ("家庭电话：0951-4100001", {LANDLINE}),
    ("宅电（0774）2800002", {LANDLINE}),
    ("企业联系电话：4100003", {LANDLINE}),
    ("传真：010-62000004", {LANDLINE}),
    ("电话：08547600005转801", {LANDLINE}),
    # mailboxes
    ("邮箱：mamou1902@mail.example.com", {EMAIL}),
    ("请将材料发送至bai_mou@example.net，逾期不候。", {EMAIL}),
    ("Ｅ－ｍａｉｌ：ｔｉａｎ＠ｅｘａｍｐｌｅ．ｃｏｍ", {EMAIL}),
    ("电子邮箱：mamou#example.com（请将#换为@）", {EMAIL}),
    ("联系邮箱 bai.mou [at] example.com", {EMAIL}),
    # homes
    ("住银川市兴庆区示例路12号。", {ADDRESS}),
    ("家庭住址：宁夏回族自治区石嘴山市大武口区示例南路88号", {ADDRESS}),
    ("当事人住在幸福小区3号楼2单元501室", {ADDRESS}),
    ("户籍所在地为贵州省罗甸县龙坪镇示例路5号", {ADDRESS}),
    ("现住示例花园三幢二单元四〇二室", {ADDRESS}),
    ("被征收房屋位于示例家园7-2-302，建筑面积89平方米", {ADDRESS}),
    ("申请人田某，女，罗甸县示例村三组12号村民", {ADDRESS}),
    ("戶籍地址：浙江省義烏市示例街道新村5棟3單元101室", {ADDRESS}),
    ("送达地址：示例公寓 6号楼 1204室", {ADDRESS}),
    ("田某住梧州市长洲区示例二路3弄15号", {ADDRESS}),
    # marks of secrecy
    ("机密★10年\n关于示例事项的请示", {CLASSIFIED}),
    ("秘密★", {CLASSIFIED}),
    ("绝  密 ★ 30年", {CLASSIFIED}),
    ("機密★五年", {CLASSIFIED}),
    ("秘密·5年\n特急", {CLASSIFIED}),
    ("（机密·10年）", {CLASSIFIED}),
    ("密级：秘密　　保密期限：5年", {CLASSIFIED}),
    ("【机密】工作方案", {CLASSIFIED}),
    ("机\u200b密☆长期", {CLASSIFIED}),
    ("核心商密★10年", {CLASSIFIED}),
    ("某某厅会议纪要\n秘密\n第3期", {CLASSIFIED}),
    # marks of internal use
    ("内部资料　注意保存", {INTERNAL}),
    ("内部文件，不得外传", {INTERNAL}),
    ("本手册仅供内部使用。", {INTERNAL}),
    ("內部資料 請勿外傳", {INTERNAL}),
    ("（内部资料）\n情况通报", {INTERNAL}),
    ("（此件不予公开）", {INTERNAL}),
    ("此件发至县处级", {INTERNAL}),
    ("以上数据严禁外传。", {INTERNAL}),
    ("【内部文件】", {INTERNAL}),
    # words from the list, and where a picture was taken
    ("附件：示例敏感词对照表", {WORD}),
    ("示·例 敏-感\u200b词", {WORD}),
    ("附：重點人員名單", {WORD}),
    ("参与ＡＢＣ计划的单位", {WORD}),
    ("拍摄位置：北纬38.48730，东经106.23090", {LOCATION}),
    ("联系方式 0774 - 2800006", {LANDLINE}),
    ("本资料为内部资料，请妥善保管", {INTERNAL}),
    ("不动产坐落：示例小区15号楼3单元602室", {ADDRESS}),
    ("联系人：壹叁玖零零零零零零壹陆", {MOBILE}),
    # several at once
    (f"马某，身份证号{MA}，电话13900000014，住示例小区1号楼1单元101室，卡号{UNION}", {ID, MOBILE, ADDRESS, CARD}),
    (f"秘密★3年 联系人白某13900000015 {BAI}", {CLASSIFIED, MOBILE, ID}),
)

NEGATIVES: tuple[str, ...] = (
    # document numbers, dates, amounts, quantities
    "宁工信发〔2025〕12号",
    "宁政办规发〔2020〕35号文件同时废止。",
    "国办发〔2019〕14号、国令第711号",
    "根据《关于印发〈示例办法〉的通知》（银政发〔2018〕100号）",
    "2025年3月5日至2025年12月31日",
    "20250305120000",
    "申请时间2025-03-05 14:30:15，受理时间2025-03-06 09:00:00",
    "总投资15000000000元，其中财政资金1390000.00万元",
    "项目资金18612345678元已全部拨付",
    "建筑面积139000平方米，绿化面积15800平方米",
    "2021 2022 2023 2024 2025",
    "企业数量\t158\t2024\t1200\n产值\t139\t2025\t3600",
    "增长13.9%、15.2%、18.6%，同比提高1.5个百分点",
    "发电量13912345678千瓦时",
    "共申报138家，通过120家，占86.96%",
    "二〇二五年三月五日",
    "一九九〇年一月一日起施行",
    "第一条、第二条、第三条、第四条、第五条、第六条、第七条、第八条、第九条、第十条、第十一条",
    "预算金额（元）：13900000000",
    "收费标准15000-18000元/吨",
    "编制139个，实有1580人，空编38个",
    "网上申报系统版本139.0.0.1",
    # codes
    "统一社会信用代码：11640000010085237X",
    "统一社会信用代码 91640100MA75XXXX0A",
    "统一社会信用代码：916401007508412340",
    "纳税人识别号：640103750812341",
    "项目代码：2503-640104-04-01-123456",
    "招标编号：NXZC2025-13900001234",
    "采购编号：D6401000141025001234",
    "受理编号：640105202503180012",
    "行政许可决定书文号：（宁）安许证字〔2025〕001234",
    "标准书号ISBN 978-7-5620-1234-5",
    "ISBN：9787562012345",
    "国内统一连续出版物号CN 64-0001/D",
    "国家标准GB/T 33190—2016、GB 11643-1999",
    "挂号信函编号：XA13900001234",
    "快递单号：15012345678",
    "流水号6222020000001234560",
    "宗地代码640106001001GB00012",
    "不动产权证书号：宁（2025）银川市不动产权第0012345号",
    "车牌号宁A·12345",
    "食品生产许可证编号：SC10664010012345",
    "ICP备案号：宁ICP备12000123号-1，网站标识码6400000012",
    "监督索引号 640000-007/2025-00123",
    "行业代码C3912，产品编码15013900000",
    "合同号：HT-2025-0308-13900",
    "附件下载：20250305135012345.pdf",
    # telephones, mailboxes and rooms of offices
    "联系电话：0951-5016000",
    "电话：0951—6038899，传真：0951-6038899",
    "咨询电话（0951）5016000",
    "邮箱：zwgk@gxt.example.gov.cn",
    "电子邮件请发至office@oa.example.cn",
    "政务服务热线12345，消费者投诉12315",
    "客服热线400-000-1234、95598",
    "邮政编码：750001",
    "办公地址：银川市兴庆区文化西街100号，邮编750001",
    "受理地点：市民大厅B座2楼201室",
    "地址：宁夏回族自治区银川市兴庆区文化西街100号政务楼3楼305室",
    "报名地点：区政府大院3号楼301室（公休日除外）",
    "会议在机关办公楼四楼401会议室召开",
    "项目位于示例路与示例大道交叉口东南角",
    "新建厂房3栋、宿舍楼2幢，共5层",
    "对12号楼、13号楼外墙进行改造",
    "住房和城乡建设局，地址：示例路2号",
    "入驻园区企业36户，规上企业12户",
    "民政局养老院2号楼改造工程",
    "示例镇示例村三组道路硬化工程",
    "住院部3号楼5层512室改造",
    "示例村三组12号机井维修",
    "第三单元12课时教学计划",
    "开标地点：公共资源交易中心3楼开标室",
    # secrecy and internal use as the law speaks of them
    "依法确定为国家秘密的政府信息不予公开。",
    "涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息",
    "国家秘密的密级分为绝密、机密、秘密三级。",
    "绝密级国家秘密不超过三十年，机密级不超过二十年，秘密级不超过十年。",
    "工作人员应当保守工作秘密。",
    "机密级计算机应当按照规定管理",
    "不得泄露国家秘密、商业秘密和个人信息。",
    "商业秘密保护期限5年",
    "约定的保密义务：商业秘密 5年，个人秘密·长期",
    "行政机关的内部事务信息，包括人事管理、后勤管理、内部工作流程等方面的信息，可以不予公开。",
    "《内部资料性出版物管理办法》",
    "加强内部控制，完善内部审计制度",
    "单位内部文件管理制度由办公室负责修订",
    "密级：公开　紧急程度：普通",
    "标明“此件公开发布”“此件依申请公开”或者“此件不予公开”。",
    "数据仅供参考，内部收益率8.6%",
    "此件公开发布",
    "（此件主动公开）",
    "五星级★★★★★酒店评定结果",
    "推动秘书工作规范化",
    "打破行业神秘感，密切联系群众",
    # near misses of words
    "示例。敏感词汇表由保密部门制定",
    "重点人员培训名单",
    "经纬度测量与ABCD计划编制",
)
