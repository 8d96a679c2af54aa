"""What can be found of this chapter: put into the index, and taken out of it, in the transaction of the act."""

from collections.abc import Collection, Iterator

from django.db.models import BigIntegerField, Q
from django.db.models.functions import Cast
from django.urls import reverse

from portal.moment import chinese_date, local_date
from portal.search import service as search
from portal.search.item import Item
from portal.texts.cleaning import text_of

from .models import Card, Document, Version
from .models.document import DocumentQuerySet
from .vocabulary import Audience, State, Validity

SUBJECT = "disclosure.document"


def put(document: Document) -> None:
    """Let the public version be found, as it is now; what has been taken off stays off."""
    if document.withdrawn_at is None:
        search.put(item_of(document))


def refresh(keys: Collection[int]) -> None:
    """Let these documents be found as they are now, as far as they may be."""
    for item in source([str(key) for key in keys]):
        search.put(item)


def drop(document: Document) -> None:
    """Let the document be found no more."""
    search.drop(SUBJECT, str(document.pk))


def item_of(document: Document) -> Item:
    """What is found of a document that is public: by its words, its 文号 and its 索引号."""
    version = document.public
    if version is None or document.published_at is None:
        raise ValueError("only what is public can be found")
    card = Card.shown_with(version)
    return Item(
        subject_type=SUBJECT,
        subject_id=str(document.pk),
        body=document.body.code,
        kind=card.genre,
        title=version.title,
        url=reverse("disclosure:document", args=(document.body.code, document.number)),
        published_on=local_date(document.published_at),
        text=words_of(version),
        reference=document.number,
        document_number=card.document_number,
        columns=tuple(sorted(column.name for column in document.columns.all())),
        topics=(card.topic,),
        validity=document.get_validity_display(),
        dated_on=card.formed_on,
        former=_former(document),
        audience=search.Audience.STAFF if document.audience == Audience.STAFF else search.Audience.PUBLIC,
    )


def matching(documents: DocumentQuerySet, words: str) -> DocumentQuerySet:
    """Of these documents, those whose index number, 文号, title or text holds these words: for the workplace, drafts included.

    What is public is looked up in the index; what is not is looked through, of which there is never much.
    """
    titled = Version.objects.filter(title__icontains=words).values("document")
    inside = Version.objects.filter(~Q(document__state=State.PUBLISHED), text__icontains=words).values("document")
    indexed = search.holding(SUBJECT, words).annotate(key=Cast("subject_id", BigIntegerField())).values("key")
    named = Q(number__iexact=words) | Q(document_number__icontains=words)
    return documents.filter(named | Q(pk__in=titled) | Q(pk__in=inside) | Q(pk__in=indexed))


def words_of(version: Version) -> str:
    """The words of a version: its text, and what was typed of its scans and pictures."""
    typed = (text_of(one.transcript) for one in version.files.all() if one.transcript)
    return "\n".join((version.text, *typed))


def _former(document: Document) -> str:
    """That this is not the latest text of what goes on under the same name, with the days of both; empty where it is."""
    newer = document.successor
    if newer is None or document.validity != Validity.AMENDED:
        return ""
    return f"较早的文本（{chinese_date(document.formed_on)}），{chinese_date(newer.formed_on)}有新的文本"


def source(keys: Collection[str] | None) -> Iterator[Item]:
    """For `portal.search.sources`: everything that may be found now, or of these keys what may."""
    shown = Document.objects.filter(public__isnull=False, withdrawn_at__isnull=True)
    if keys is not None:
        shown = shown.filter(pk__in=[int(key) for key in keys])
    documents = (
        shown.select_related("body", "public", "successor").prefetch_related("columns", "public__files").order_by("pk")
    )
    yield from (item_of(document) for document in documents.iterator(chunk_size=200))
