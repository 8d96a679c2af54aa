"""The rows of a table as they are, and as the acts told the ledger they are (see `told`)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from portal.ledger.models import Entry
from portal.ledger.words import FORGETTING
from portal.moment import SHANGHAI

from .told import DIGEST, WRITTEN, Table, fingerprint, pair

Row = dict[str, Any]


def facts(table: Table, matters: list[int]) -> dict[int, dict[Any, Row]]:
    """What a table holds of these matters, by matter and by key: one query."""
    columns = [name for name in table.columns if name != DIGEST]
    written = WRITTEN[table.model] if DIGEST in table.columns else ()
    key = table.key[0] if table.key else "pk"
    found = table.model._base_manager.filter(**{f"{table.way}__in": matters}, **table.only)
    by_matter: dict[int, dict[Any, Row]] = defaultdict(dict)
    for row in found.values(table.way, key, *columns, *written):
        kept = {name: _plain(table, name, row[name]) for name in columns}
        if written:
            salt, *words = (row[name] for name in written)
            kept[DIGEST] = fingerprint((salt, *words)) if salt else None
        by_matter[row[table.way]][row[key] if table.key else None] = kept
    return by_matter


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
        for said in act.told.get(table.within, []) if table.within else [act.told]:
            for key in _keys(table, said):
                if act.verb in table.born:
                    rows[key] = dict.fromkeys(table.empty) | ({"state": rows[key]["state"]} if table.states else {})
                if key in rows:
                    rows[key] |= _said(table, act, said)
    if forgotten:
        for row in rows.values():
            row.pop(DIGEST, None)
    return rows


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
            if name == DIGEST:
                yield f"{_title(table, key)}：填写的内容与台账所记的校验值不符，已被改动。"
            else:
                label = _label(table, name, labels)
                yield f"{_title(table, key)}：{label}现为{_words(table, name, there)}，台账记载为{_words(table, name, said)}。"


def _keys(table: Table, said: Mapping[str, Any]) -> list[Any]:
    if table.key is None:
        return [None]
    key = said.get(table.key[1])
    return key if isinstance(key, list) else [key]


def _said(table: Table, act: Entry, said: Mapping[str, Any]) -> Row:
    columns = map(pair, table.born.get(act.verb) or table.later.get(act.verb, ()))
    row = {name: said[key] for name, key in columns if key in said}
    if act.verb in table.signed:
        who, when = table.signed[act.verb]
        row |= {who: act.actor_id, when: act.at}
    return row


def _plain(table: Table, name: str, value: Any) -> Any:
    """A value of the database as the ledger would be told it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if name.endswith("_by_id"):
        return None if value is None else str(value)
    return _choices(table, name).get(value, value) if name in table.spoken else value


def _field(table: Table, name: str) -> Any:
    near = name.split("__", maxsplit=1)[0].removesuffix("_id")
    return None if near == "pk" else table.model._meta.get_field(near)


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
    if isinstance(value, datetime):
        return f"“{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}”"
    return f"“{_choices(table, name).get(value, value)}”"
