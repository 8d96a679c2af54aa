"""Asking the index: the hits, how many there are of what, and what to try when there are none.

One statement finds, counts and sorts; a second reads the rows of the page. Which index serves them is nobody's business but
this module's and that of `service.put`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression

from . import folding, highlighting
from .folding import MARK
from .highlighting import Span
from .models import Audience, Entry, EntryQuerySet
from .terms import MOST_CHARACTERS, MOST_TERMS, Term, read

SIZE, MOST_PAGES = 20, 50
MOST_SUGGESTIONS = 5
Facets = dict[str, tuple[tuple[str, int], ...]]
"""The values of each facet with their counts."""
FACETS = ("body", "kind", "column", "topic", "year", "validity")
NOTHING_TO_FIND = "没有可以查找的字词：请输入汉字、字母或者数字。"
CUT = f"输入的内容过长，只按前{MOST_CHARACTERS}个字、最多{MOST_TERMS}个词查找。"


@dataclass(frozen=True)
class Query:
    """What is looked for. Empty filters do not filter. `staff_of` is the code of the body whose own people ask: they find
    what is open to them besides what is public.
    """

    words: str = ""
    body: str = ""
    column: str = ""
    topic: str = ""
    year: int | None = None
    validity: str = ""
    kind: str = ""
    page: int = 1
    staff_of: str = ""

    @property
    def filtered(self) -> bool:
        """Whether anything but words narrows the search."""
        return any((self.body, self.column, self.topic, self.year, self.validity, self.kind))

    def unfiltered(self) -> "Query":
        """The same words without filters, from the first page."""
        return Query(words=self.words, staff_of=self.staff_of)


@dataclass(frozen=True)
class Result:
    """One hit, as a page shows it; `internal`: open to the staff of its body alone."""

    subject_type: str
    subject_id: str
    body: str
    kind: str
    url: str
    title: tuple[Span, ...]
    snippet: tuple[Span, ...]
    document_number: str
    published_on: date
    validity: str
    internal: bool
    former: str = ""

    @property
    def plain_title(self) -> str:
        """The title without its hits marked."""
        return "".join(span.text for span in self.title)


@dataclass(frozen=True)
class Suggestion:
    """A search near this one that finds something. `dropped` is the word left out; empty: the filters were."""

    dropped: str
    words: str
    total: int


@dataclass(frozen=True)
class Page:
    """One page of results. `exact` is False where `total` may hold a few that only look like hits.

    `words` are the terms as they were understood; `note` is a sentence for the reader, where there is something to say.
    """

    results: tuple[Result, ...] = ()
    total: int = 0
    exact: bool = True
    facets: Facets = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    words: tuple[str, ...] = ()
    note: str = ""
    page: int = 1
    pages: int = 0


def query(asked: Query) -> Page:
    """What is public (or open to staff) and holds every word, phrase and document number: the one with that number first,
    then the one with that title, then what says all of it in its title, each time what holds before what a newer text has
    replaced, then the newest.

    Never refuses: what cannot be looked for is answered with an empty page and a sentence. At most three statements.
    """
    reading = read(asked.words)
    asked = _within_bounds(asked)
    if not reading.terms and asked.words.strip():
        return Page(note=NOTHING_TO_FIND)
    total, facets, keys = _found(hits(asked, reading.terms), reading.terms, page=asked.page)
    results = _results(keys, reading.terms)
    total -= len(keys) - len(results)
    one_page = total <= SIZE
    return Page(
        results=tuple(results),
        total=total,
        exact=one_page or all(term.certain for term in reading.terms),
        facets=facets,
        suggestions=() if total else _suggestions(asked, reading.terms),
        words=tuple(term.shown for term in reading.terms),
        note=CUT if reading.cut else "",
        page=asked.page,
        pages=min(-(-total // SIZE), MOST_PAGES),
    )


def hits(asked: Query, terms: Sequence[Term]) -> EntryQuerySet:
    """The entries that meet the filters and hold the pairs of every term, by index."""
    seen = Q(audience=Audience.PUBLIC)
    if asked.staff_of:
        seen |= Q(audience=Audience.STAFF, body=asked.staff_of)
    found = Entry.objects.filter(seen)
    for name in ("body", "year", "validity", "kind"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    if asked.column:
        found = found.filter(columns__contains=[asked.column])
    if asked.topic:
        found = found.filter(topics__contains=[asked.topic])
    grams = {gram for term in terms for gram in term.grams}
    return found.holding(grams) if grams else found


def holding(subject_type: str, words: str) -> EntryQuerySet:
    """The entries of one type that hold all these words, whoever may see them: for lists that judge that themselves.

    Nothing where nothing can be looked for.
    """
    terms = read(words).terms
    if not terms:
        return Entry.objects.none()
    found = Entry.objects.filter(subject_type=subject_type).holding({gram for term in terms for gram in term.grams})
    for term in terms:
        if not term.number:
            said = term.shown
            found = found.filter(
                Q(title__icontains=said) | Q(text__icontains=said) | Q(document_number__icontains=said)
            )
    return found


def _within_bounds(asked: Query) -> Query:
    """The same question with nothing in it that the database could choke on."""
    names = ("body", "column", "topic", "validity", "kind")
    texts = {name: folding.plain(getattr(asked, name)[:60]) for name in names}
    year = asked.year if asked.year is None or 0 < asked.year < 10_000 else 1
    return replace(asked, **texts, year=year, page=min(max(asked.page, 1), MOST_PAGES))


_COUNTED_COLUMNS = ("body", "kind", "year", "validity", "columns", "topics", "published_on", "dated_on")
_COUNTED = """
WITH hits AS MATERIALIZED ({hits}), shown AS (
    SELECT id, rank, published_on, dated_on FROM hits
    ORDER BY rank DESC, published_on DESC, dated_on DESC NULLS LAST, id DESC LIMIT %s OFFSET %s
)
SELECT CASE GROUPING(body, kind, year, validity)
    WHEN 7 THEN 'body' WHEN 11 THEN 'kind' WHEN 13 THEN 'year' WHEN 14 THEN 'validity' ELSE 'total' END,
    coalesce(body, kind, year::text, validity, ''), count(*)
    FROM hits GROUP BY GROUPING SETS ((), (body), (kind), (year), (validity))
UNION ALL SELECT 'column', value, sum(times)::int
    FROM (SELECT columns, count(*) AS times FROM hits GROUP BY columns) AS sets, unnest(columns) AS value GROUP BY value
UNION ALL SELECT 'topic', value, sum(times)::int
    FROM (SELECT topics, count(*) AS times FROM hits GROUP BY topics) AS sets, unnest(topics) AS value GROUP BY value
UNION ALL SELECT 'shown', id::text,
    row_number() OVER (ORDER BY rank DESC, published_on DESC, dated_on DESC NULLS LAST, id DESC) FROM shown
"""


def _found(found: QuerySet[Entry], terms: Sequence[Term], *, page: int) -> tuple[int, Facets, list[int]]:
    """How many hits, how many of what, and the keys of one page in their order: one statement."""
    narrow = found.values("id", *_COUNTED_COLUMNS, rank=_rank(terms))
    sql, params = narrow.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(hits=sql), (*params, SIZE, (page - 1) * SIZE))
        rows: list[tuple[str, str, int]] = cursor.fetchall()
    (total,) = (count for name, _, count in rows if name == "total")
    facets = {facet: _facet(facet, rows) for facet in FACETS}
    shown = sorted((place, int(key)) for name, key, place in rows if name == "shown")
    return total, facets, [key for _, key in shown]


def _rank(terms: Sequence[Term]) -> CombinedExpression:
    """6 for the document that has the number itself, 4 where the words are the whole title, 2 where the title says them all; one
    more for what no newer text has replaced.
    """
    numbers = [term.number for term in terms if term.number]
    said = sorted({gram for term in terms if not term.number for gram in term.grams})
    whole = folding.bigrams(" ".join(term.shown for term in terms if not term.number))
    whens = [When(number_key__in=numbers, then=6)] if numbers else []
    whens += [When(title_grams=whole, then=4)] if whole else []
    whens += [When(title_grams__contains=said, then=2)] if said else []
    none = Value(0, output_field=IntegerField())
    place = Case(*whens, default=0, output_field=IntegerField()) if whens else none
    return place + Case(When(former="", then=1), default=0, output_field=IntegerField())


def _facet(facet: str, rows: Iterable[tuple[str, str, int]]) -> tuple[tuple[str, int], ...]:
    """The values of one facet with their counts: years newest first, everything else by its count."""
    values = [(value, count) for name, value, count in rows if name == facet and value]
    if facet == "year":
        return tuple(sorted(values, reverse=True))
    return tuple(sorted(values, key=lambda one: (-one[1], one[0])))


def _results(keys: Sequence[int], terms: Sequence[Term]) -> list[Result]:
    """The rows of a page in their order; those that only have the right pairs in the wrong places are left out."""
    rows = Entry.objects.filter(pk__in=keys).defer("grams", "title_grams").in_bulk()
    entries = (rows[key] for key in keys if key in rows)
    return [shown(entry, terms) for entry in entries if _holds(entry, terms)]


def _holds(entry: Entry, terms: Sequence[Term]) -> bool:
    return highlighting.holds(MARK.join((entry.title, entry.document_number, entry.reference, entry.text)), terms)


def shown(entry: Entry, terms: Sequence[Term]) -> Result:
    """An entry as a page shows it, with the terms marked."""
    return Result(
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        body=entry.body,
        kind=entry.kind,
        url=entry.url,
        title=highlighting.whole(entry.title, terms),
        snippet=highlighting.snippet(entry.text, terms),
        document_number=entry.document_number,
        published_on=entry.published_on,
        validity=entry.validity,
        internal=entry.audience == Audience.STAFF,
        former=entry.former,
    )


def _suggestions(asked: Query, terms: Sequence[Term]) -> tuple[Suggestion, ...]:
    """What would find something: the same words without the filters, or one word less. One statement."""
    near: list[tuple[str, Query, list[Term]]] = []
    if asked.filtered and terms:
        near.append(("", asked.unfiltered(), list(terms)))
    if len(terms) > 1:
        near += [(term.shown, asked, [one for one in terms if one is not term]) for term in terms[:MOST_SUGGESTIONS]]
    counts = _counts([hits(other, rest) for _, other, rest in near])
    return tuple(
        Suggestion(dropped, " ".join(term.shown for term in rest), count)
        for (dropped, _, rest), count in zip(near, counts, strict=True)
        if count
    )


def _counts(querysets: Sequence[QuerySet[Entry]]) -> list[int]:
    """How many rows each of these has: one statement, none for none."""
    asked = [one.values("id").query.sql_with_params() for one in querysets]
    if not asked:
        return []
    one = "SELECT {0}, count(*) FROM ({1}) AS near{0}"
    sql = " UNION ALL ".join(one.format(place, sql) for place, (sql, _) in enumerate(asked))
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, params in asked for value in params])
        return [count for _, count in sorted(cursor.fetchall())]
