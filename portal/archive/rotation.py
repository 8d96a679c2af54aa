"""Bringing everything that is encrypted under the newest key, so that an old key can be taken away."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from portal.archive import disk, vault
from portal.archive.files import label_of
from portal.archive.vault import EncryptedTextField

_BATCH = 200


def encrypted_columns() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    """Every column that holds ciphertext, in every app."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def renew_column(model: type[models.Model], field: EncryptedTextField) -> int:
    """Re-encrypt the column's values that an older key closed, and their digests. Returns how many; may be run again."""
    done = 0
    while moved := _renew_batch(model, field):
        done += moved
    return done


def renew_files() -> int:
    """Re-encrypt the stored files that an older key closed. Each is replaced whole; stopping half-way does no harm."""
    done = 0
    for address in list(disk.addresses()):
        sealed = disk.read(address)
        if not vault.is_current(sealed):
            label = label_of(address)
            disk.write(address, vault.seal(vault.unseal(sealed, label=label), label=label))
            done += 1
    return done


@transaction.atomic
def _renew_batch(model: type[models.Model], field: EncryptedTextField) -> int:
    names = {
        "table": sql.Identifier(model._meta.db_table),
        "key": sql.Identifier(str(model._meta.pk.column)),
        "column": sql.Identifier(str(field.column)),
    }
    find = sql.SQL(
        "SELECT {key}, {column} FROM {table} WHERE substring({column} FROM 1 FOR %s) <> %s "
        "ORDER BY {key} LIMIT %s FOR UPDATE"
    ).format(**names)
    prefix = vault.current_prefix()
    with connection.cursor() as cursor:
        # Tables whose rows never change let their ciphertexts be renewed under this setting, and nothing else.
        cursor.execute("SELECT set_config('portal.reencrypting', 'on', true)")
        cursor.execute(find, [len(prefix), prefix, _BATCH])
        rows = cursor.fetchall()
    for pk, sealed in rows:
        text = vault.unseal(bytes(sealed), label=field.bound_to).decode()
        renewed = {field.attname: text}
        if field.digest_in:
            renewed[field.digest_in] = vault.digest(field.digest_prefix + text)
        model._base_manager.filter(pk=pk).update(**renewed)
    return len(rows)
