"""The rows of a table as they are, and as the acts told the ledger they are (see `telling`)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import DateTimeField

from portal.ledger.models import Entry
from portal.ledger.words import FORGETTING
from portal.moment import SHANGHAI

from .telling import Table, seal

Row = dict[str, Any]


def facts(table: Table, **rows: Any) -> dict[int, dict[Any, Row]]:
    """What a table holds of some rows (a look-up, as for `filter`), by matter and by key: one query."""
    plain = [name for name in table.columns if name not in table.digests]
    written = [name for names in table.digests.values() for name in names]
    key = table.key[0] if table.key else "pk"
    found = table.model._base_manager.filter(**table.only, **rows).annotate(**table.computed)
    by_matter: dict[int, dict[Any, Row]] = defaultdict(dict)
    for row in found.values(*dict.fromkeys((table.way, key, *plain, *written))):
        kept = {name: _plain(table, name, row[name]) for name in plain}
        kept |= {name: seal(row[part] for part in parts) for name, parts in table.digests.items()}
        by_matter[row[table.way]][row[key] if table.key else None] = kept
    return by_matter


def said_of(table: Table, verb: str, **rows: Any) -> dict[int, list[Row]]:
    """What an act that has just written some rows tells of them, by matter: the columns it writes, as the database holds them."""
    columns = table.told_by(verb)
    return {
        matter: [
            ({table.key[1]: key} if table.key else {}) | {told: row[name] for name, told in columns}
            for key, row in sorted(found.items(), key=str)
        ]
        for matter, found in facts(table, **rows).items()
    }


def told(table: Table, acts: Iterable[Entry], targets: Mapping[str, str | None]) -> dict[Any, Row]:
    """What the acts of one matter, in their order, told of its rows, by key. The last word counts.

    A column that its act did not tell is left out. `targets` is the state each act leads to (None: it stays).
    """
    rows: dict[Any, Row] = {}
    forgotten = False
    for act in acts:
        forgotten = forgotten or act.verb == FORGETTING
        if table.states and (None in rows or act.verb in table.born):
            rows.setdefault(None, {})["state"] = targets.get(act.verb) or rows[None].get("state")
        if act.verb not in table.verbs:
            continue
        for said in _items(table, act):
            for key in _keys(table, said):
                _tell(rows, table, act, key, said)
    if forgotten:
        for row in rows.values():
            for name in table.digests:
                row.pop(name, None)
    return rows


def _items(table: Table, act: Entry) -> list[Mapping[str, Any]]:
    """The parts of what an act told that speak of rows of this table."""
    if not table.within:
        return [act.told]
    found: Any = act.told
    for name in table.within.split("."):
        found = found.get(name, {})
    return list(found)


def _tell(rows: dict[Any, Row], table: Table, act: Entry, key: Any, said: Mapping[str, Any]) -> None:
    if act.verb in table.gone:
        rows.pop(key, None)
        return
    if act.verb in table.born and not (act.verb in table.later and key in rows):
        rows[key] = dict.fromkeys(table.empty) | ({"state": rows[key]["state"]} if table.states else {})
    if key in rows:
        rows[key] |= _said(table, act, said)


def compare(
    table: Table, facts: Mapping[Any, Row], told: Mapping[Any, Row], labels: Mapping[str, str]
) -> Iterator[str]:
    """Where the rows of one matter and what was told of them part ways, as sentences. `labels` name the acts."""
    for key in sorted(facts.keys() - told.keys(), key=str):
        yield f"{_title(table, key)}：台账中没有办理记录，不是经办理程序形成的。"
    for key in sorted(told.keys() - facts.keys(), key=str):
        yield f"{_title(table, key)}：台账有办理记录，数据却不存在，已被删除。"
    for key in sorted(facts.keys() & told.keys(), key=str):
        for name, said in told[key].items():
            there = facts[key][name]
            if there == said or (not there and not said):
                continue
            if name in table.digests:
                label = table.labels.get(name, "填写的内容")
                yield f"{_title(table, key)}：{label}与台账所记的校验值不符，已被改动。"
            else:
                label = _label(table, name, labels)
                yield f"{_title(table, key)}：{label}现为{_words(table, name, there)}，台账记载为{_words(table, name, said)}。"


def _keys(table: Table, said: Mapping[str, Any]) -> list[Any]:
    if table.key is None:
        return [None]
    key = said.get(table.key[1])
    return key if isinstance(key, list) else [key]


def _said(table: Table, act: Entry, said: Mapping[str, Any]) -> Row:
    row = {name: said[key] for name, key in table.told_by(act.verb) if key in said}
    if act.verb in table.signed:
        who, when = table.signed[act.verb]
        row |= {who: act.actor_id, when: act.at}
    return row


def _plain(table: Table, name: str, value: Any) -> Any:
    """A value of the database as the ledger would be told it."""
    signed = {column for columns in table.signed.values() for column in columns}
    if isinstance(value, datetime):
        return value if name in signed else value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if name in signed and value is not None:
        return str(value)
    return _choices(table, name).get(value, value) if name in table.spoken else value


def _field(table: Table, name: str) -> Any:
    near = name.split("__", maxsplit=1)[0].removesuffix("_id")
    return None if near == "pk" or near in table.computed else table.model._meta.get_field(near)


def _choices(table: Table, name: str) -> dict[Any, str]:
    field = _field(table, name)
    return {value: str(label) for value, label in (getattr(field, "choices", None) or ())}


def _title(table: Table, key: Any) -> str:
    return table.noun if key is None else f"{table.noun}（{key}）"


def _label(table: Table, name: str, labels: Mapping[str, str]) -> str:
    for verb, (who, when) in table.signed.items():
        if name in (who, when):
            moment = str(_field(table, when).verbose_name)
            moment = f"{labels[verb]}时间" if moment.isascii() else moment
            return moment if name == when else f"{moment.removesuffix('时间')}人"
    return table.labels.get(name) or str(_field(table, name).verbose_name)


def _words(table: Table, name: str, value: Any) -> str:
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return f"“{'、'.join(map(str, value))}”"
    moment = (
        datetime.fromisoformat(value)
        if isinstance(_field(table, name), DateTimeField) and isinstance(value, str)
        else value
    )
    if isinstance(moment, datetime):
        return f"“{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}”"
    return f"“{_choices(table, name).get(value, value)}”"
