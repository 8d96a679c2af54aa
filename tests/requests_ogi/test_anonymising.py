"""Forgetting who asked: after the term, by two people, for good, and every proof still holds."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from portal import moment
from portal.archive import disk
from portal.archive.service import CannotRead, open_bytes
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.ledger.models import FreeWords
from portal.letters.models import Letter
from portal.notices.models import Notice
from portal.refusal import Refusal
from requests_ogi import forgetting, workflow
from requests_ogi.filing import Upload
from requests_ogi.models import Anonymisation, Applicant, Attachment, DraftAnswer, InformationRequest
from requests_ogi.verifying import differences
from tests.cast import Cast
from tests.factories import PNG, at, served

CLOSED, KEPT_TO, AFTER, LATER = "2025-03-05", date(2035, 3, 5), "2035-03-06", "2035-03-07"


def closed(cast: Cast, **changes: Any) -> InformationRequest:
    case = served(
        cast,
        "2025-03-04",
        description="我叫王小明，想知道本村的补助",
        uploads=(Upload("王小明的材料.png", PNG, "description"),),
        **changes,
    )
    workflow.unmask(case, why="核对身份证明与申请表是否一致", by=cast.chen, at=at("2025-03-04", 18))
    workflow.close(case, by=cast.chen, at=at(CLOSED))
    return case


def forgotten(cast: Cast) -> InformationRequest:
    case = closed(cast)
    workflow.nominate(case, by=cast.chen, at=at(AFTER))
    workflow.anonymise(case, by=cast.he, at=at(LATER))
    return InformationRequest.objects.get(pk=case.pk)


@pytest.mark.rule("PIPL-19", "PIPL-47")
def test_nothing_is_forgotten_on_the_last_day_of_the_term(nx: Cast, files: Path) -> None:
    case = closed(nx)
    assert workflow.kept_until(case, on=date(2035, 3, 5)) == KEPT_TO
    assert not workflow.due_for_anonymity(nx.body, at=at(KEPT_TO)).exists()

    with pytest.raises(Refusal, match="保存期限到2035年3月5日"):
        workflow.nominate(case, by=nx.chen, at=at(KEPT_TO))

    assert list(workflow.due_for_anonymity(nx.body, at=at(AFTER))) == [case]
    assert workflow.nominate(case, by=nx.chen, at=at(AFTER)).done_at is None


@pytest.mark.rule("PIPL-47")
def test_everything_that_names_somebody_is_gone_and_the_figures_stay(nx: Cast, files: Path) -> None:
    before = closed(nx)
    kept = InformationRequest.objects.filter(pk=before.pk).values(
        "number", "state", "outcome", "received_on", "answered_on", "answered_in_time", "closed_at", "channel"
    )
    figures = kept.get()
    workflow.nominate(before, by=nx.chen, at=at(AFTER))

    row = workflow.anonymise(before, by=nx.he, at=at(LATER))

    assert kept.get() == figures
    person = Applicant.objects.get(request=before)
    assert {person.name, person.identity_number, person.phone, person.email, person.address} == {forgetting.GONE}
    assert (person.kind, person.identity_digest) == ("natural", "")
    case = InformationRequest.objects.get(pk=before.pk)
    assert (case.title, case.description, case.secret) == (forgetting.GONE, forgetting.GONE, "")
    assert DraftAnswer.objects.get(request=case).finding == forgetting.GONE
    letter = Letter.objects.about(case).get()
    assert "王小明" not in letter.addressee + letter.sealed
    assert letter.number
    assert letter.file.sha256
    assert not Clock.objects.of(case).exclude(title=forgetting.GONE).exists()
    assert not Notice.objects.filter(about_id=case.pk).exists()
    assert row.texts > 10
    assert row.files == 3


def test_the_words_leave_the_disk_and_the_database_altogether(
    nx: Cast, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    case = closed(nx)
    workflow.nominate(case, by=nx.chen, at=at(AFTER))
    assert len(list(disk.addresses())) == 3

    with django_capture_on_commit_callbacks(execute=True):
        workflow.anonymise(case, by=nx.he, at=at(LATER))

    assert list(disk.addresses()) == []
    assert not FreeWords.objects.exists()
    with pytest.raises(CannotRead, match="已于2035年3月7日按档案保管期限销毁"):
        open_bytes(Attachment.objects.get(request=case).file)


def test_a_file_that_another_case_still_keeps_stays_on_disk(
    nx: Cast, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    case = closed(nx)
    other = served(nx, "2034-03-06", uploads=(Upload("另一件.png", PNG, "description"),))
    workflow.nominate(case, by=nx.chen, at=at(AFTER))

    with django_capture_on_commit_callbacks(execute=True):
        workflow.anonymise(case, by=nx.he, at=at(LATER))

    assert open_bytes(Attachment.objects.get(request=other).file) == PNG


def test_ledger_facts_and_dossier_still_verify(nx: Cast, files: Path) -> None:
    case = forgotten(nx)
    said = StringIO()

    call_command("verify_dossier", case.number, stdout=said)

    assert not ledger.verify("nx")
    assert list(differences(nx.body)) == []
    assert f"{case.number}：真实，封卷登记与台账一致；内容已于2035年3月7日按档案保管期限销毁。" in said.getvalue()
    told = [ledger.present(entry) for entry in ledger.timeline(case)]
    assert any("（原文已按保管期限销毁）" in sentence for sentence in told)
    assert told[-1].startswith("匿名化：永久销毁文字")


@pytest.mark.rule("PIPL-47")
def test_two_people_are_needed_and_each_has_the_right(nx: Cast, files: Path) -> None:
    case = closed(nx)

    with pytest.raises(Refusal, match="没有待审定的匿名化提请"):
        workflow.anonymise(case, by=nx.he, at=at(AFTER))
    with pytest.raises(Refusal, match="您的岗位不能办理“提请匿名化”"):
        workflow.nominate(case, by=nx.li, at=at(AFTER))
    workflow.nominate(case, by=nx.chen, at=at(AFTER))
    with pytest.raises(Refusal, match="您的岗位不能办理“匿名化”"):
        workflow.anonymise(case, by=nx.chen, at=at(AFTER))
    with pytest.raises(Refusal, match="不能重复提请"):
        workflow.nominate(case, by=nx.chen, at=at(AFTER))
    with pytest.raises(IntegrityError), transaction.atomic():
        Anonymisation.objects.update(done_by=nx.chen, done_at=at(LATER))

    workflow.anonymise(case, by=nx.he, at=at(LATER))
    with pytest.raises(Refusal, match="没有待审定的匿名化提请"):
        workflow.anonymise(case, by=nx.he, at=at(LATER))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letters_letter SET forgotten_at = NULL WHERE forgotten_at IS NOT NULL",
        "UPDATE letters_letter SET sealed = addressee",
        "UPDATE archive_storedfile SET forgotten_at = NULL WHERE forgotten_at IS NOT NULL",
        "UPDATE archive_storedfile SET forgotten_at = forgotten_at + interval '1 day'",
    ],
)
def test_what_is_forgotten_never_comes_back(nx: Cast, files: Path, statement: str) -> None:
    forgotten(nx)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL portal.forgetting = 'on';" + statement)


@pytest.mark.parametrize("table", ["letters_letter", "archive_storedfile"])
def test_nothing_is_forgotten_in_passing(nx: Cast, files: Path, table: str) -> None:
    closed(nx)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET forgotten_at = now()")


def test_the_command_lists_first_and_needs_two_accounts(nx: Cast, files: Path) -> None:
    case = closed(nx)
    out = StringIO()
    with moment.rehearsing(at(AFTER)):
        call_command("anonymise", "--dry-run", body="nx", stdout=out)
        assert f"{case.number}　保存期限至2035年3月5日" in out.getvalue()
        assert "没有作任何改动" in out.getvalue()
        assert not Anonymisation.objects.exists()
        call_command("anonymise", nominate="nx-chen", stdout=out)
        call_command("anonymise", carry_out="nx-chen", stdout=out)
        assert Anonymisation.objects.get().done_at is None
        call_command("anonymise", carry_out="nx-he", stdout=out)
        with pytest.raises(CommandError, match="没有可用的账号"):
            call_command("anonymise", nominate="nobody", stdout=out)

    assert Anonymisation.objects.get().done_by == nx.he


def test_every_text_of_a_request_is_forgotten_or_named_as_kept() -> None:
    for model, way in forgetting.models_of_a_request():
        known = {field.name for field in model._meta.local_concrete_fields}
        assert way
        assert set(forgetting.KEPT.get(model.__name__, "").split()) <= known, model.__name__
    names = {model.__name__ for model, _ in forgetting.models_of_a_request()}
    assert forgetting.KEPT.keys() <= names
    assert not names & forgetting.OF_THEIR_OWN


def test_the_pages_list_what_is_over_and_what_would_be_gone(nx: Cast, files: Path, client: Any) -> None:
    case = closed(nx)
    with moment.rehearsing(at(AFTER)):
        client.force_login(nx.chen)
        listed = client.get("/admin/requests/retention/").content.decode()
        asked = client.get(f"/admin/requests/{case.number}/nominate/").content.decode()
        client.post(f"/admin/requests/{case.number}/nominate/", {"edition": case.edition, "sure": "on"})
        client.force_login(nx.he)
        refused = client.post(f"/admin/requests/{case.number}/anonymise/", {"edition": case.edition + 1})
        client.post(f"/admin/requests/{case.number}/anonymise/", {"edition": case.edition + 1, "sure": "on"})

    assert f"/admin/requests/{case.number}/" in listed
    assert "将要销毁的内容" in asked
    assert "卷宗：3个文件" in asked
    assert "请先核对并勾选确认" in refused.content.decode()
    assert Anonymisation.objects.get().done_by == nx.he
