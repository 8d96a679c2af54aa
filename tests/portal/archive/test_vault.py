"""Personal data at rest opens only with a key, only in its own column, and only unaltered."""

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.models import F

from portal.archive import rotation, vault
from portal.archive.kinds import Kind
from portal.archive.models import StoredFile
from portal.archive.service import open_bytes, store
from portal.organisation import people
from tests.portal.archive.conftest import NOON

TEXT = "王小明的身份证.pdf"


def test_what_was_sealed_opens_again_and_shows_nothing_meanwhile():
    sealed = vault.seal(TEXT.encode(), label="a.b.c")

    assert vault.unseal(sealed, label="a.b.c") == TEXT.encode()
    assert TEXT.encode() not in sealed
    assert vault.seal(TEXT.encode(), label="a.b.c") != sealed


def test_a_ciphertext_moved_to_another_column_does_not_open():
    sealed = vault.seal(TEXT.encode(), label="requests_ogi.request.name")

    with pytest.raises(vault.CannotOpen, match="被移到别处"):
        vault.unseal(sealed, label="requests_ogi.request.address")


@pytest.mark.parametrize("place", [0, 1, 9, 21, -1])
def test_a_ciphertext_with_one_changed_bit_does_not_open(place):
    sealed = bytearray(vault.seal(TEXT.encode(), label="x"))
    sealed[place] ^= 1

    with pytest.raises(vault.CannotOpen):
        vault.unseal(bytes(sealed), label="x")


@pytest.mark.parametrize("nonsense", [b"", b"\x01", b"\x01" + b"x" * 20, b"plain text"])
def test_what_is_no_ciphertext_does_not_open(nonsense):
    with pytest.raises(vault.CannotOpen):
        vault.unseal(nonsense, label="x")


def test_an_older_key_still_opens_what_it_closed_until_it_is_taken_away(settings):
    sealed = vault.seal(b"x", label="x")

    settings.VAULT_KEYS = ["second key", "first key"]
    assert vault.unseal(sealed, label="x") == b"x"
    assert not vault.is_current(sealed)
    assert vault.is_current(vault.seal(b"x", label="x"))

    settings.VAULT_KEYS = ["second key"]
    with pytest.raises(vault.CannotOpen, match="VAULT_KEYS"):
        vault.unseal(sealed, label="x")


@pytest.mark.parametrize("keys", [[], [""], ["good", ""]])
def test_a_missing_or_empty_key_is_refused(settings, keys):
    settings.VAULT_KEYS = keys

    with pytest.raises(ImproperlyConfigured):
        vault.seal(b"x", label="x")


def test_a_digest_is_the_same_for_the_same_text_and_means_nothing_without_the_key(settings):
    before = vault.digest("110101199003071233")
    assert before == vault.digest("110101199003071233") != vault.digest("110101199003071234")

    settings.VAULT_KEYS = ["second key", "first key"]
    assert vault.digest("110101199003071233") != before
    assert before in vault.digests("110101199003071233")


@pytest.fixture
def stored(archive_body):
    return store(TEXT, b"%PDF content", body=archive_body, kind=Kind.PDF, by=people.APPLICANT, at=NOON)


def column(name="name"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM archive_storedfile")
        return bytes(cursor.fetchone()[0])


def test_an_encrypted_column_is_text_in_python_and_ciphertext_in_the_database(stored):
    assert StoredFile.objects.get().name == TEXT
    assert vault.is_current(column())
    assert TEXT.encode() not in column()

    StoredFile.objects.update(name="新名.pdf")
    stored.name = "又名.pdf"
    StoredFile.objects.bulk_update([stored], ["name"])
    assert StoredFile.objects.values_list("name", flat=True).get() == "又名.pdf"
    assert vault.is_current(column())


@pytest.mark.parametrize(
    "lookup", ["name", "name__exact", "name__icontains", "name__in", "name__startswith", "name__lower"]
)
def test_filtering_by_an_encrypted_column_is_an_error_that_says_what_to_do(db, lookup):
    with pytest.raises(FieldError, match="encrypted"):
        list(StoredFile.objects.filter(**{lookup: ["x"] if lookup.endswith("in") else "x"}))


def test_one_may_ask_whether_an_encrypted_column_is_empty(stored):
    assert StoredFile.objects.filter(name__isnull=False).exists()


def test_nothing_stays_nothing():
    field = StoredFile._meta.get_field("name")

    assert field.get_db_prep_value(None, connection) is None
    assert field.from_db_value(None, F("name"), connection) is None


def test_a_column_keeps_its_label_and_digest_column_through_migrations():
    field = vault.EncryptedTextField("证件号码", label="old.place.number", digest_in="number_digest")

    assert field.bound_to == "old.place.number"
    assert field.deconstruct()[3] == {
        "verbose_name": "证件号码",
        "label": "old.place.number",
        "digest_in": "number_digest",
    }


def test_after_reencryption_the_old_key_can_be_taken_away(stored, settings):
    settings.VAULT_KEYS = ["second key", "first key"]

    call_command("reencrypt_vault", verbosity=0)

    settings.VAULT_KEYS = ["second key"]
    stored = StoredFile.objects.get()
    assert (stored.name, open_bytes(stored)) == (TEXT, b"%PDF content")


def test_reencryption_run_again_changes_nothing(stored, settings):
    settings.VAULT_KEYS = ["second key", "first key"]
    name = StoredFile._meta.get_field("name")

    assert (rotation.renew_column(StoredFile, name), rotation.renew_files()) == (1, 1)
    before = column()
    assert (rotation.renew_column(StoredFile, name), rotation.renew_files()) == (0, 0)
    assert column() == before


def test_reencryption_renews_the_digest_that_stands_beside(stored, settings, monkeypatch):
    settings.VAULT_KEYS = ["second key", "first key"]
    name = StoredFile._meta.get_field("name")
    monkeypatch.setattr(name, "digest_in", "purpose")
    monkeypatch.setattr(name, "digest_prefix", "name:")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE archive_storedfile ALTER COLUMN purpose TYPE varchar(64)")

    rotation.renew_column(StoredFile, name)

    assert StoredFile.objects.get().purpose == vault.digest(f"name:{TEXT}")
