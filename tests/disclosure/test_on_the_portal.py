"""An open document is on the portal itself, whoever else shows it; the papers of Luodian's government are put there by its office."""

import pytest
from django.test import Client

from disclosure import workflow
from disclosure.models import Document, Outgoing, Site
from disclosure.rules import Refused
from disclosure.vocabulary import Content, Errand, Sending, State
from portal.search.models import Entry
from tests.cast import Cast
from tests.factories import at

from .making import chain_of, drafted, published, signed

DAY = "2026-03-03"


@pytest.mark.rule("WZ-6.1-1", "YQ-S1-8", "LD-A1-1b")
@pytest.mark.parametrize("code", ["wz", "yq", "ld"])
def test_what_is_published_is_on_the_portal_while_other_sites_still_wait(cast_of, code: str) -> None:
    cast = cast_of(code)
    Site.objects.create(body=cast.body, code="own", name="本机关网站")

    document = published(cast, DAY)

    assert Client().get(document.get_absolute_url()).status_code == 200
    assert Entry.objects.filter(subject_type="disclosure.document", subject_id=str(document.pk)).exists()
    assert [(one.errand, one.state) for one in Outgoing.objects.all()] == [(Errand.SHOW, Sending.WAITING)]


@pytest.mark.rule("WZ-6.1-1", "YQ-S1-8")
@pytest.mark.parametrize("code", ["wz", "yq"])
def test_nothing_goes_to_another_site_that_is_not_on_the_portal(cast_of, code: str) -> None:
    cast = cast_of(code)
    Site.objects.create(body=cast.body, code="own", name="本机关网站")

    for document in (drafted(cast, DAY), signed(cast, DAY)):
        assert Client().get(document.get_absolute_url()).status_code == 404
    assert not Outgoing.objects.exists()


@pytest.mark.rule("WZ-6.1-1")
def test_what_is_open_cannot_be_done_with_without_the_portal(wz: Cast) -> None:
    document = signed(wz, DAY)

    with pytest.raises(Refused, match="应当发布，不能直接办结"):
        workflow.keep(document, by=wz.chen, at=at(DAY, 16))


def county_paper(cast: Cast) -> Document:
    return signed(cast, DAY, content=Content.GOVERNMENT)


@pytest.mark.rule("LD-A4-7a")
def test_a_paper_of_the_county_is_published_by_the_county_office_only(cast_of) -> None:
    ld = cast_of("ld")
    document = county_paper(ld)

    with pytest.raises(Refused, match="由县政府办公室政务公开工作人员、县政府信息公开工作机构负责人统一对外公开"):
        workflow.publish(document, by=ld.zhou, at=at(DAY, 16))
    with pytest.raises(Refused, match="统一对外公开"):
        workflow.schedule(document, publish_at=at("2026-03-04"), by=ld.zhou, at=at(DAY, 16))
    workflow.publish(document, by=ld.chen, at=at(DAY, 16))

    assert document.state == State.PUBLISHED


@pytest.mark.rule("LD-A4-7a")
def test_its_button_is_the_offices_too(cast_of) -> None:
    from disclosure.admin.story import acts_of
    from portal.organisation import roles

    ld = cast_of("ld")
    document = county_paper(ld)

    def offered(user: object) -> set[str]:
        now = at(DAY, 16)
        reaches = roles.reaches(user, at=now)
        return {act.verb for act in acts_of(document, user=user, reaches=reaches, at=now)}

    assert "publish" in offered(ld.chen)
    assert not {"publish", "schedule"} & offered(ld.zhou)


def test_a_department_publishes_its_own_information_and_elsewhere_papers_of_the_government(cast_of, nx: Cast) -> None:
    ld = cast_of("ld")
    own = signed(ld, DAY)
    signer = chain_of(own).signing.role

    assert signer == "department_head"
    assert workflow.publish(own, by=ld.zhou, at=at(DAY, 16))
    assert workflow.publish(county_paper(nx), by=nx.zhou, at=at(DAY, 16))
