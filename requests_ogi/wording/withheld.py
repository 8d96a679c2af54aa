"""What a letter says of the parts that are withheld, and of the materials that come with it (条例第三十七条)."""

from portal.moment import local_date
from portal.regulations import library
from portal.regulations.schema import Ground

from ..models import DraftAnswer, InformationRequest, Material, WithheldPart
from ..vocabulary import Outcome, Scope


def grounds_of(case: InformationRequest) -> dict[str, Ground]:
    """The grounds of the law a request was opened under, by code."""
    return dict(library.profile(case.profile, local_date(case.opened_at)).grounds)


def ground_words(case: InformationRequest, code: str) -> str:
    """A ground as a letter names it: the article, and what it says of the information.

    What is no code is said as it stands: drafts from before grounds were chosen from a list hold the words themselves.
    """
    ground = grounds_of(case).get(code)
    return f"{ground.article}（{ground.label}）" if ground else code


def place_words(part: WithheldPart) -> str:
    """Where a withheld part is, as the reader of the letter finds it."""
    match part.scope:
        case Scope.MATERIAL:
            return f"《{part.material.title}》全文"
        case Scope.ELSEWHERE:
            return ""
        case Scope.PAGE:
            return f"《{part.material.title}》第{part.page}页全页"
        case _:
            return f"《{part.material.title}》第{part.page}页"


def part_line(case: InformationRequest, part: WithheldPart) -> str:
    """One item of the list of what is withheld: where, what, on which ground, and why."""
    place = place_words(part)
    head = f"{place}：{_bare(part.what)}" if place else _bare(part.what)
    return f"{head}。依据：{ground_words(case, part.ground)}。理由：{_bare(part.reason)}。"


def parts_of(draft: DraftAnswer) -> list[WithheldPart]:
    """The withheld parts a version of the answer stands on, in the order of the pages."""
    found = WithheldPart.objects.filter(pk__in=draft.parts).select_related("material")
    return sorted(found, key=lambda part: (part.material_id or 0, part.page or 0, part.pk))


def withheld_lines(case: InformationRequest, draft: DraftAnswer) -> list[str]:
    """The list of what is withheld, item by item."""
    return [part_line(case, part) for part in parts_of(draft)]


def enclosures(draft: DraftAnswer) -> tuple[str, ...]:
    """The names of the materials that come with an answer, as its 附件 list gives them."""
    if draft.outcome not in {Outcome.GRANTED, Outcome.PARTIAL}:
        return ()
    parts = WithheldPart.objects.filter(pk__in=draft.parts, material__isnull=False)
    scopes: dict[int, set[str]] = {}
    for part in parts:
        scopes.setdefault(part.material_id, set()).add(part.scope)
    materials = Material.objects.filter(pk__in=draft.materials).order_by("pk")
    return tuple(
        f"{material.title}（不予公开的内容已遮盖）" if material.pk in scopes else material.title
        for material in materials
        if Scope.MATERIAL not in scopes.get(material.pk, ())
    )


def _bare(text: str) -> str:
    return text.strip().strip("。；，").strip()
