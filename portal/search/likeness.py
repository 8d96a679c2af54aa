"""Documents that a free description may mean, though they hold only some of its words: an offer, never a find."""

from collections.abc import Collection, Mapping
from math import log

from django.db import connection
from django.db.models import Q, QuerySet

from . import folding
from .finding import Result, shown
from .models import Audience, Entry
from .terms import read

MOST_CHARACTERS = 300
RAREST = 16
"""By how many of the rarest pairs of a description candidates are looked up."""
EACH, CANDIDATES = 2_000, 60
"""How many entries one pair may bring, and how many are looked at closely: so much work and no more."""
LEAST = 0.35
"""From which share of the description's weight a document is offered."""
TITLE = 0.7
"""How much of a document's likeness is that of its title."""
RAREST_SEEN = 1e-5
COMMON = 0.2
"""Pairs in more than this share of all documents say nothing."""


def likely(text: str, *, body: str | None = None, most: int = 5) -> list[Result]:
    """The public documents that a description most likely means, the likeliest first; few or none rather than wrong ones.

    A document whose number is named comes first. Pairs of characters weigh the more the rarer they are, and more in a title
    than in a text. Three statements, whatever the description.
    """
    text = folding.plain(text)[:MOST_CHARACTERS]
    numbers = {term.number for term in read(text).terms if term.number}
    weights = _weights(folding.bigrams(text))
    if len(weights) < 2:
        return []
    whole = sum(weights.values())
    scored = sorted(
        (
            (1.0 if entry.number_key in numbers else _likeness(entry, weights) / whole, entry)
            for entry in _candidates(weights, numbers, body)
        ),
        key=lambda one: (-one[0], -one[1].published_on.toordinal(), -one[1].pk),
    )
    return [shown(entry, ()) for score, entry in scored[:most] if score >= LEAST]


def _weights(grams: list[int]) -> dict[int, float]:
    """How much each pair says; single characters and the commonest pairs say nothing."""
    pairs = [gram for gram in grams if not 0 <= gram < 0x10000]
    shares = _shares()
    weights = {gram: -log(max(shares.get(gram, RAREST_SEEN), RAREST_SEEN)) for gram in pairs}
    return {gram: weight for gram, weight in weights.items() if weight > -log(COMMON)}


def _shares() -> dict[int, float]:
    """In what share of all entries the commonest pairs are, as PostgreSQL's own statistics know it: free of charge."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT most_common_elems::text::int[], most_common_elem_freqs FROM pg_stats"
            " WHERE schemaname = current_schema() AND tablename = %s AND attname = 'grams'",
            [Entry._meta.db_table],
        )
        found = cursor.fetchone()
    return dict(zip(found[0], found[1], strict=False)) if found and found[0] else {}


_CANDIDATES = """
SELECT found.id FROM unnest(%s::int[], %s::float[]) AS pair (gram, weight), LATERAL (
    SELECT id FROM search_entry WHERE search_pairs(grams) @> ARRAY[pair.gram] AND audience = %s AND (%s::text IS NULL OR body = %s) LIMIT %s
) AS found GROUP BY found.id ORDER BY sum(pair.weight) DESC, found.id DESC LIMIT %s
"""


def _candidates(weights: Mapping[int, float], numbers: Collection[str], body: str | None) -> QuerySet[Entry]:
    """The entries that share the most weight among the rarest pairs, and those with one of the numbers."""
    rarest = sorted(weights, key=lambda gram: (-weights[gram], gram))[:RAREST]
    lots = [weights[gram] for gram in rarest]
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [rarest, lots, Audience.PUBLIC, body, body, EACH, CANDIDATES])
        keys = [key for (key,) in cursor.fetchall()]
    meant = Entry.objects.filter(Q(pk__in=keys) | Q(number_key__in=numbers), audience=Audience.PUBLIC)
    return meant.filter(body=body) if body else meant


def _likeness(entry: Entry, weights: Mapping[int, float]) -> float:
    titled, said = set(entry.title_grams), set(entry.grams)
    in_title = sum(weight for gram, weight in weights.items() if gram in titled)
    in_text = sum(weight for gram, weight in weights.items() if gram in said)
    return TITLE * in_title + (1 - TITLE) * in_text
