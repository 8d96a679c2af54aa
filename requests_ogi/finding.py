"""What can be found of this chapter: published answers, put into the index and taken out of it in the transaction of the act."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from portal.search import service as search
from portal.search.item import Item

from .models import PublishedAnswer

SUBJECT = "requests_ogi.publishedanswer"
KIND = "依申请公开的答复"
COLUMN, TOPIC = "公开的答复", "依申请公开"


def put(one: PublishedAnswer) -> None:
    """Let a published answer be found."""
    search.put(item_of(one))


def drop(one: PublishedAnswer) -> None:
    """Let it be found no more."""
    search.drop(SUBJECT, str(one.pk))


def item_of(one: PublishedAnswer) -> Item:
    """What is found of an answer that is public: its question and what was answered, in words that name nobody."""
    if one.published_on is None:
        raise ValueError("only what is public can be found")
    return Item(
        subject_type=SUBJECT,
        subject_id=str(one.pk),
        body=one.body.code,
        kind=KIND,
        title=one.title,
        url=reverse("requests_ogi:answer", args=(one.number,)),
        published_on=one.published_on,
        text=f"{one.question}\n{one.answer}",
        reference=one.number,
        columns=(COLUMN,),
        topics=(TOPIC,),
    )


def source(keys: Collection[str] | None) -> Iterator[Item]:
    """For `portal.search.sources`: every answer that may be found now, or of these keys what may."""
    shown = PublishedAnswer.objects.public()
    if keys is not None:
        shown = shown.filter(pk__in=[int(key) for key in keys])
    yield from (item_of(one) for one in shown.select_related("body").order_by("pk").iterator(chunk_size=200))
