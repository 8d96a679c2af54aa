"""The letters of a request: each kind with its title and its number series."""

from portal.letters.kinds import LetterKind, register

REPLY = {"series": "ogi-reply", "suffix": "答", "needs_remedy": True}
NOTICE = {"series": "ogi-notice", "suffix": "告", "needs_remedy": False}
_ANSWER_TITLE = "政府信息公开申请答复书"

REPLY_KINDS = {
    code: register(LetterKind(code, title, **REPLY))
    for code, title in (
        ("reply_granted", _ANSWER_TITLE),
        ("reply_already_public", _ANSWER_TITLE),
        ("reply_partial", _ANSWER_TITLE),
        ("reply_refused", "政府信息不予公开决定书"),
        ("reply_registry", _ANSWER_TITLE),
        ("reply_not_exist", _ANSWER_TITLE),
        ("reply_not_ours", _ANSWER_TITLE),
        ("reply_needs_processing", _ANSWER_TITLE),
        ("reply_still_unclear", _ANSWER_TITLE),
        ("reply_petition", _ANSWER_TITLE),
        ("reply_repeat", _ANSWER_TITLE),
        ("reply_publication", _ANSWER_TITLE),
        ("reply_volume", _ANSWER_TITLE),
        ("reply_confirm", _ANSWER_TITLE),
        ("notice_lapsed_completion", "政府信息公开申请不再处理告知书"),
        ("notice_lapsed_fee", "政府信息公开申请不再处理告知书"),
    )
}
COMPLETION_NOTICE = register(LetterKind("completion_notice", "政府信息公开申请补正告知书", **NOTICE))
CONSULTATION = register(LetterKind("consultation", "政府信息公开征求意见书", **NOTICE))
CO_MAKER_CONSULTATION = register(LetterKind("co_maker_consultation", "政府信息公开征求意见书", **NOTICE))
REFERRAL = register(LetterKind("referral", "关于政府信息能否公开的请示函", **NOTICE))
PARTY_NOTICE = register(LetterKind("party_notice", "依申请公开政府信息告知书", **NOTICE | {"needs_remedy": True}))
SUSPENSION_NOTICE = register(LetterKind("suspension_notice", "政府信息公开申请中止办理通知书", **NOTICE))
POSTPONEMENT_NOTICE = register(LetterKind("postponement_notice", "政府信息暂缓公开告知书", **NOTICE))
EXTENSION_NOTICE = register(LetterKind("extension_notice", "政府信息公开申请延期答复告知书", **NOTICE))
FEE_NOTICE = register(LetterKind("fee_notice", "政府信息公开信息处理费收费通知书", **NOTICE))
WAIVER_NOTICE = register(LetterKind("waiver_notice", "撤回信息处理费收费通知告知书", **NOTICE))
REASONS_NOTICE = register(LetterKind("reasons_notice", "政府信息公开申请说明理由告知书", **NOTICE))
DELAY_NOTICE = register(LetterKind("delay_notice", "政府信息公开申请延迟答复告知书", **NOTICE))
