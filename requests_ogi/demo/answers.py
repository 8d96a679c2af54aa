"""How the departments of the demonstration answer: the seven steps and the texts, by outcome."""

from ..vocabulary import Outcome

_OURS = {"clear": "clear", "kind": "information", "whose": "ours", "held": "held"}

ANSWERS: dict[str, tuple[dict[str, str], dict[str, object]]] = {
    Outcome.GRANTED: (
        _OURS | {"give": "grant"},
        {
            "reason": "该信息属于本机关应当公开的政府信息，没有依法不予公开的情形。",
            "finding": "经检索，该信息由本机关制作并保存，内容不涉及国家秘密、商业秘密和个人隐私。",
            "provision": "自本答复书送达之日起，以您选择的方式提供复制件，共12页。",
        },
    ),
    Outcome.ALREADY_PUBLIC: (
        _OURS | {"give": "already_public"},
        {
            "reason": "该信息已于规定期限内主动公开，可以直接获取。",
            "finding": "经核对，您申请的信息已在本机关门户网站“政府信息公开”专栏主动公开。",
            "query_method": "登录本机关门户网站，依次进入“政府信息公开—法定主动公开内容—财政信息”，按标题检索下载。",
            "query_address": "本机关门户网站“政府信息公开”专栏",
        },
    ),
    Outcome.PARTIAL: (
        _OURS | {"give": "third_party", "sever": "severable"},
        {
            "finding": "经检索，该信息由本机关保存，其中部分内容涉及第三方商业秘密或者个人隐私，经书面征求意见，第三方不同意公开且理由合理。",
            "reason": "所遮盖的内容公开后会损害第三方合法权益，其余内容可以区分处理，予以公开。",
            "provision": "自本答复书送达之日起，以您选择的方式提供遮盖上述内容后的复制件。",
        },
    ),
    Outcome.THIRD_PARTY_RIGHTS: (
        _OURS | {"give": "third_party", "sever": "inseverable"},
        {
            "finding": "经检索，该信息由本机关在履行管理职能中从企业获取，涉及其工艺参数。",
            "reason": "该工艺参数不为公众所知悉，企业已采取保密措施，经书面征求意见，企业不同意公开，理由合理。",
            "ground": "trade_secret",
            "harm": "公开后同业竞争者可以直接使用该参数，将损害企业的合法权益。",
        },
    ),
    Outcome.INTERNAL_AFFAIRS: (
        _OURS | {"give": "internal", "sever": "inseverable"},
        {
            "finding": "经核查，您申请的是本机关内部岗位调整的人事管理材料。",
            "reason": "该材料仅用于内部人事管理，不对外产生影响。",
            "ground": "personnel",
            "harm": "公开后会影响内部人事管理工作的正常开展。",
        },
    ),
    Outcome.PROCESS_INFO: (
        _OURS | {"give": "process", "sever": "inseverable"},
        {
            "finding": "经核查，您申请的是会议研究过程中形成的讨论记录，最终决定已经另行公开。",
            "reason": "讨论记录反映的是决策过程中的不同意见，尚不成熟，不代表本机关最终意见。",
            "ground": "discussion_record",
            "harm": "公开后会影响参会人员充分发表意见，妨碍今后的讨论和决策。",
        },
    ),
    Outcome.ENFORCEMENT_FILE: (
        _OURS | {"give": "enforcement", "sever": "inseverable"},
        {
            "finding": "经核查，您申请的是行政执法检查中形成的询问笔录和内部审批表。",
            "reason": "该信息属于行政执法案卷信息，法律、法规、规章没有规定应当公开。",
            "ground": "enforcement_file",
            "harm": "公开后可能暴露检查线索和被询问人员情况。",
        },
    ),
    Outcome.NOT_EXIST: (
        {"clear": "clear", "kind": "information", "whose": "ours", "held": "not_exist"},
        {
            "finding": "接到申请后，本机关在业务系统和纸质档案中进行了检索，并询问了相关机构。",
            "reason": "经检索业务系统、机关档案并询问相关机构，均没有制作或者获取过该信息的记录。",
        },
    ),
    Outcome.NOT_OURS: (
        {"clear": "clear", "kind": "information", "whose": "not_ours"},
        {
            "reason": "该信息由其他行政机关在履行职责过程中制作，本机关未制作也未保存。",
            "organ_name": "同级自然资源主管部门",
            "organ_contact": "该部门政务公开办公室，联系方式见其门户网站“政府信息公开指南”",
        },
    ),
    Outcome.NEEDS_PROCESSING: (
        {"clear": "clear", "kind": "information", "whose": "ours", "held": "processing"},
        {"reason": "本机关按项目保存原始台账，没有您要求的分年度、分乡镇汇总数据，需要重新统计、加工形成。"},
    ),
    Outcome.PETITION: (
        {"clear": "clear", "kind": "petition"},
        {
            "reason": "申请内容是要求调查处理有关问题，属于反映诉求，不是申请获取已有的信息。",
            "legal_channel": "向本机关信访接待窗口提出，或者拨打12345政务服务便民热线",
        },
    ),
    Outcome.REPEAT: (
        {"clear": "clear", "kind": "repeat"},
        {
            "reason": "两次申请的内容相同，情况没有变化。",
            "earlier_answer": "本机关此前对同一信息的答复书，已送达您本人",
        },
    ),
    Outcome.PUBLICATION: (
        {"clear": "clear", "kind": "publication"},
        {
            "reason": "该内容已由出版社公开出版发行。",
            "legal_channel": "到公共图书馆、档案馆政府信息查阅场所查阅，或者向出版发行单位购买",
        },
    ),
}
