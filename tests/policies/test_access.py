"""Who may open which door of the site. The tables are the policy: an address without a line here fails the tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from portal import moment
from portal.ledger.models import Entry
from portal.letters.models import Letter
from portal.organisation.models import Body, Department, Post, User
from portal.workdays.models import Notice
from requests_ogi.models import InformationRequest
from requests_ogi.views.filed import filed_url
from tests.cast import Cast
from tests.factories import at

from .document_doors import DOORS as DOCUMENT_DOORS
from .motion_doors import DOORS as MOTION_DOORS
from .standing import DAY, STATES
from .visiting import VISITORS, browsers, cells, doors, rows, undone, word_for

# Answers: a status, or `login` (sent to the login), `away` (sent to another page, with the reason where one is due),
# `code` (asked for number and code). One answer is for everybody; two are for strangers and for people with an account;
# nine are for 访 anonymous, 赵 an account without a post, 李 liaison of the department that has the case, 吴 of another
# department, 陈 the office, 何 its director, 马 the leader in charge, 纪 discipline, 外 the office of another body.

# --- whoever comes by -------------------------------------------------------------------------------------------------

PUBLIC = """
/                                                200
/bodies/<code>/                                  200
/accessibility/                                  200
/search/                                         200
/reading/<aid>/<value>/                          away
/robots.txt                                      200
/favicon.ico                                     away
/healthz                                         200
/readyz                                          200
/requests/answers/                               200
/requests/answers/<number>/                      404
/requests/apply/                                 200
/requests/apply/<slug>/                          away
/requests/apply/check/                           away
/requests/apply/discard/                         405
/requests/opinion/<key>/                         404
/disclosure/                                     200
/disclosure/sitemap.xml                          200
/disclosure/sitemap-<section>.xml                404
/disclosure/<body>/columns/                      200
/disclosure/<body>/columns/<code>/               404
/disclosure/<body>/columns/<code>/feed/          404
/disclosure/<body>/feed/                         200
/disclosure/<body>/documents/                    200
/disclosure/<body>/documents/<number>/           404
/disclosure/<body>/documents/<number>/versions/  404
/disclosure/<body>/documents/<number>/versions/<version>/      404
/disclosure/<body>/documents/<number>/versions/<old>/<new>/    404
/disclosure/<body>/documents/<number>/files/<pk>/              404
/disclosure/<body>/documents/<number>/files/<pk>/read/         404
/disclosure/<body>/documents/<number>/files/<pk>/pictures/<name>/    404
/disclosure/review/<key>/                        404
/disclosure/review/<key>/files/<order>/          404
/disclosure/review/done/                         200
/disclosure/<body>/                              200
/disclosure/<body>/negative-list/                200
/disclosure/<body>/normative/                    200
/disclosure/<body>/normative/csv/                200
/disclosure/<body>/negative-list/<edition>/      404
/disclosure/<body>/contents/                     200
/disclosure/<body>/units/                        404
/disclosure/<body>/units/<code>/                 404
/disclosure/<body>/catalogue/                    200
/disclosure/<body>/catalogue/<code>/             404
/requests/track/                                 200
"""

# --- the applicant, who holds the signed address (the code is shown for two hours only) or the code --------------------

APPLICANT = """
/requests/filed/<token>/                         200
/requests/filed/<token>/receipt/                 away
/requests/filed/<token>/leave/                   405
/requests/track/<number>/                        code
/requests/track/<number>/receipt/                code
/requests/track/<number>/letters/<letter>/       code
/requests/track/<number>/materials/<pk>/         code
/requests/track/<number>/supplement/             code
/requests/track/<number>/reasons/                code
/requests/track/<number>/withdraw/               code
/requests/track/<number>/calendar/               code
/requests/track/<number>/rate/                   code
/requests/track/<number>/email/                  405
/requests/track/<number>/leave/                  405
"""

# --- everybody with an account ----------------------------------------------------------------------------------------

ACCOUNT = """
/admin/                                          login  200
/admin/login/                                    200    away
/admin/logout/                                   away   405
/admin/set-password/<uidb64>/<token>/            200
/admin/password_change/                          login  200
/admin/password_change/done/                     login  200
/admin/notices/                                  login  200
/admin/notices/read/                             login  405
/admin/jsi18n/                                   login  200
/admin/autocomplete/                             login  403
/admin/r/<content_type_id>/<object_id>/          login  404
/admin/<app_label>/                              login  404
/admin/<url>                                     login  404
"""

# --- those who see requests: the body that was asked, and the department that has the case now ------------------------

REQUESTS = """
#                                                访     赵    李    吴    陈    何    马    纪    外
/admin/requests/                                 login  404   200   200   200   200   200   200   200
/admin/requests/export/                          login  404   200   200   200   200   200   200   200
/admin/requests/register/                        login  away  away  away  200   away  away  away  200
/admin/requests/sign-offs/                       login  away  away  away  away  away  200   away  away
/admin/requests/retention/                       login  404   404   404   200   200   404   404   200
/admin/requests/figures/                         login  404   404   404   200   200   200   200   200
/admin/requests/figures/cases/                   login  404   404   404   200   200   200   200   200
/admin/requests/figures/export/                  login  404   404   404   200   200   200   200   200
/admin/requests/<key>/                           login  404   200   404   200   200   200   200   404
/admin/requests/<key>/letters/<pk>/              login  404   200   404   200   200   200   200   404
/admin/requests/<key>/files/<pk>/                login  404   200   404   200   200   200   200   404
/admin/requests/<key>/materials/<pk>/copy/        login  404   200   404   200   200   200   200   404
/admin/requests/<key>/materials/<pk>/pages/<number>/  login  404   200   404   200   200   200   200   404
/admin/requests/<key>/preview/                   login  404   200   404   200   200   200   200   404
/admin/requests/<key>/dossier/                   login  404   away  404   away  away  away  away  404
/admin/requests/<key>/precedents/                login  404   200   404   200   200   200   200   404
/admin/requests/<key>/service-proof/             login  404   away  404   away  away  away  away  404
/admin/requests/<key>/unmask/                    login  404   away  404   200   200   away  away  404
"""

# The receipt shows the code: to those who register, on the day of registration.
HANDED_OVER = """
/admin/requests/<key>/receipt/                   login  404   404   404   200   404   404   404   404
/admin/requests/<key>/receipt/pdf/               login  404   404   404   200   404   404   404   404
"""

# Originals show who asked: taken out by pressing a button, by those who may unmask, and on record.
TAKEN_OUT = """
/admin/requests/<key>/letters/<pk>/              login  404   away  404   200   200   away  away  404
/admin/requests/<key>/dossier/                   login  404   away  404   200   200   away  away  404
/admin/requests/<key>/service-proof/             login  404   away  404   200   200   away  away  404
"""

# --- acts: how the case stands, who may act, who only looks on (and is sent back with the reason) ---------------------

ACTS = """
confirm_receipt   registered   陈     何马纪
assign            received     陈何   马纪
ask_completion    in_hand      陈     李何马纪
supplement        completing   陈     李何马纪
lapse             completing   何     李陈马纪
charge            many         何     李陈马纪
serve_fee         paying       陈     李何马纪
record_payment    paying       陈     李何马纪
lapse_fee         paying       何     李陈马纪
waive             paying       何     李陈马纪
refund            paid         何     李陈马纪
ask_reasons       many         何     李陈马纪
hear_reasons      reasoning    陈     李何马纪
delay             reasoning    何     李陈马纪
consult           in_hand      何     李陈马纪
consult_organ     in_hand      何     李陈马纪
refer             in_hand      何     李陈马纪
serve_party       consulting   陈     李何马纪
hear              consulting   陈     李何马纪
weigh             objected     何     李陈马纪
notify_party      overridden   陈何   李马纪
record_search     in_hand      李陈   何马纪
enclose           in_hand      李陈   何马纪
withhold          in_hand      李陈   何马纪
restore           in_hand      李陈   何马纪
remove            in_hand      李陈   何马纪
draft             in_hand      李陈   何马纪
review_secrecy    drafted      陈何   李马纪
submit            drafted      李陈   何马纪
give_back         in_hand      李     陈何马纪
reassign          in_hand      陈何   李马纪
send_back         waiting      何马   李陈纪
approve           waiting      何马   李陈纪
suspend           in_hand      何     李陈马纪
take_up           in_hand      何     李陈马纪
postpone          in_hand      何     李陈马纪
extend            waiting      何     李陈马纪
serve             signed       陈何   李马纪
return_post       posted       陈何   李马纪
help              in_need      李陈   何马纪
close             answered     陈何   李马纪
reassess          withheld     陈     李何马纪
reevaluate        reassessed   何     李陈马纪
release           publishable  陈何   李马纪
nominate          closed       陈     李何马纪
anonymise         closed       何     李陈马纪
withdraw          in_hand      陈     李何马纪
propose_publication   answered   陈   李何马纪
check_privacy         proposed   何   李陈马纪
withdraw_publication  published  何   李陈马纪
"""

# --- reconsideration and litigation: whole bodies only, because a challenge shows who asked ----------------------------

CHALLENGES = """
#                                                访     赵    李    吴    陈    何    马    纪    外
/admin/challenges/                               login  404   404   404   200   200   200   200   200
/admin/challenges/register/<key>/                login  404   away  404   200   200   away  away  404
/admin/challenges/<key>/                         login  404   404   404   200   200   200   200   404
/admin/challenges/<key>/bundle/                  login  404   404   404   away  away  away  away  404
/admin/challenges/<key>/papers/<which>/          login  404   404   404   404   404   404   404   404
/admin/challenges/<key>/defend/                  login  404   404   404   away  200   away  away  404
/admin/challenges/<key>/conclude/                login  404   404   404   200   200   away  away  404
/admin/reevaluations/                            login  404   404   404   200   200   404   404   200
"""
DONE_AGAIN = """
/admin/challenges/<key>/redo/                    login  404   404   404   200   200   away  away  404
"""

# --- keeping the house: who appoints, who declares days, who audits ---------------------------------------------------

HOUSE = """
#                                                访     赵    李    吴    陈    何    马    纪    外
/admin/ledger/                                   login  404   404   404   404   404   404   200   404
/admin/workdays/notice/                          login  200
/admin/workdays/notice/import/                   login  away  away  away  200   200   away  away  200
/admin/workdays/notice/<object_id>/change/       login  200
/admin/workdays/notice/<object_id>/history/      login  200
/admin/organisation/body/                        login  403   403   403   403   200   403   403   403
/admin/organisation/body/<object_id>/change/     login  403   403   403   403   200   403   403   403
/admin/organisation/body/<object_id>/history/    login  403   403   403   403   200   403   403   403
/admin/organisation/body/<pk>/history/<pk>/      login  403   403   403   403   200   403   403   403
/admin/organisation/department/                  login  403   403   403   403   200   403   403   403
/admin/organisation/department/add/              login  403   403   403   403   200   403   403   403
/admin/organisation/department/<object_id>/change/   login  403  403  403  403  200  403  403  403
/admin/organisation/department/<object_id>/history/  login  403  403  403  403  200  403  403  403
/admin/organisation/department/<pk>/history/<pk>/    login  403  403  403  403  200  403  403  403
/admin/organisation/user/                        login  403   403   403   403   200   403   403   403
/admin/organisation/user/add/                    login  403   403   403   403   200   403   403   403
/admin/organisation/user/<id>/password/          login  403   403   403   403   200   403   403   403
/admin/organisation/user/<object_id>/change/     login  403   403   403   403   200   403   403   403
/admin/organisation/user/<object_id>/history/    login  away  away  away  away  200   away  away  away
/admin/organisation/post/                        login  403   403   403   403   200   403   403   403
/admin/organisation/post/add/                    login  403   403   403   403   200   403   403   403
/admin/organisation/post/<object_id>/change/     login  403   403   403   403   200   403   403   403
/admin/organisation/post/<object_id>/history/    login  403   403   403   403   200   403   403   403
/admin/organisation/post/<pk>/history/<pk>/      login  403   403   403   403   200   403   403   403
"""

# --- nobody: what the stock admin would offer and the law forbids -----------------------------------------------------

NOBODY = """
/admin/workdays/notice/add/                      login  403
/admin/workdays/notice/<object_id>/delete/       login  403
/admin/workdays/notice/<object_id>/              login  away
/admin/organisation/body/add/                    login  403
/admin/organisation/body/<object_id>/delete/     login  403
/admin/organisation/body/<object_id>/            login  away
/admin/organisation/department/<object_id>/delete/   login  403
/admin/organisation/department/<object_id>/      login  away
/admin/organisation/user/<object_id>/delete/     login  403
/admin/organisation/user/<object_id>/            login  away
/admin/organisation/post/<object_id>/delete/     login  403
/admin/organisation/post/<object_id>/            login  away
"""

# --- the negative list, second looks, the catalogue, the content lists, the checklist: a case of another chapter is none of theirs ----------

LISTED = """
#                                                访     赵    李    吴    陈    何    马    纪    外
/admin/negative/                                 login  404   200   200   200   200   200   200   200
/admin/negative/file/                            login  away  200   200   200   away  away  away  200
/admin/negative/publish/                         login  405
/admin/negative/<key>/                           login  404
/admin/negative/<key>/accept/                    login  404
/admin/negative/<key>/decline/                   login  404
/admin/negative/<key>/ask_removal/               login  404
/admin/negative/<key>/remove/                    login  404
/admin/weighings/                                login  404   200   200   200   200   200   200   200
/admin/weighings/call_up/                        login  away  200   200   200   200   away  away  200
/admin/weighings/<key>/                          login  404
/admin/weighings/<key>/reassess/                 login  404
/admin/cleanups/                                 login  404   404   404   200   200   404   404   200
/admin/cleanups/begin/                           login  away  away  away  200   away  away  away  200
/admin/cleanups/<key>/                           login  404
/admin/cleanups/<key>/conclude/                  login  404
/admin/cleanups/<key>/announce/                  login  404
/admin/words/                                    login  404   404   404   200   200   404   404   200
/admin/words/add/                                login  away  away  away  200   200   away  away  200
/admin/words/<key>/                              login  404
/admin/words/<key>/end/                          login  404
/admin/outgoing/                                 login  404   404   404   200   200   404   404   200
/admin/catalogue/                                login  404   200   200   200   200   200   200   200
/admin/catalogue/apply/                          login  away  200   200   away  away  away  away  away
/admin/catalogue/suggest/                        login  away  away  away  200   200   away  away  200
/admin/catalogue/<key>/                          login  404
/admin/catalogue/<key>/seal/                     login  404
/admin/catalogue/<key>/adjust/                   login  404
/admin/catalogue/<key>/decline/                  login  404
/admin/catalogue/<key>/report/                   login  404
/admin/contents/                                 login  404   200   200   200   200   200   200   200
/admin/contents/enter/                           login  away  200   200   away  away  away  away  away
/admin/contents/<key>/                           login  404
/admin/contents/<key>/confirm/                   login  404
/admin/contents/<key>/decline/                   login  404
/admin/contents/<key>/strike/                    login  404
/admin/units/                                    login  404
/admin/units/compile/                            login  away
/admin/units/<key>/                              login  404
/admin/units/<key>/discard/                      login  404
/admin/units/<key>/publish/                      login  404
/admin/units/<key>/accept/                       login  404
/admin/units/<key>/order/                        login  404
/admin/units/<key>/correct/                      login  404
/admin/statutory/                                login  404   200   200   200   200   200   200   200
"""

PAGES = {
    "listed": (LISTED, "closed"),
    "public": (PUBLIC, "closed"),
    "applicant": (APPLICANT, "closed"),
    "account": (ACCOUNT, "closed"),
    "requests": (REQUESTS, "closed"),
    "handed over": (HANDED_OVER, "registered"),
    "challenges": (CHALLENGES, "challenged"),
    "done again": (DONE_AGAIN, "corrected"),
    "house": (HOUSE, "closed"),
    "nobody": (NOBODY, "closed"),
}
ACT_DOOR = "/admin/requests/<key>/{}/"


@pytest.fixture(autouse=True)
def _wednesday(files: Any) -> Iterator[None]:
    with moment.rehearsing(at(DAY)):
        yield


def address(door: str, cast: Cast, case: InformationRequest) -> str:
    """The path of a door with what is behind it: this case, and things of this body."""
    things = {
        "/admin/organisation/body/": cast.body,
        "/admin/organisation/department/": cast.department,
        "/admin/organisation/user/": cast.li,
        "/admin/organisation/post/": Post.objects.get(user=cast.li),
        "/admin/workdays/notice/": Notice.objects.first(),
        "/admin/requests/<key>/letters/": Letter.objects.about(case).first(),
        "/admin/requests/<key>/files/": case.attachments.first(),
        "/admin/requests/<key>/materials/": case.materials.first(),
    }
    thing = next((thing for start, thing in things.items() if door.startswith(start)), None)
    history = thing.history.first().pk if door.endswith("/history/<pk>/") else ""
    if door.startswith("/admin/challenges/<key>/"):
        door = door.replace("<key>", case.challenges.get().number).replace("<which>", "defence")
    return (
        door.replace("/history/<pk>/", f"/history/{history}/")
        .replace("/requests/filed/<token>/", filed_url(case.submission_key))
        .replace("<key>", case.number)
        .replace("/pages/<number>/", "/pages/1/")
        .replace("<number>", case.number)
        .replace("<body>", cast.body.code)
        .replace("<code>", cast.body.code)
        .replace("<aid>/<value>", "size/large")
        .replace("<slug>", "applicant")
        .replace("<app_label>", "auth")
        .replace("<content_type_id>/<object_id>", "1/1")
        .replace("<order>", "1")
        .replace("<edition>", "1")
        .replace("<object_id>", str(getattr(thing, "pk", 1)))
        .replace("<id>", str(getattr(thing, "pk", 1)))
        .replace("<pk>", str(getattr(thing, "pk", 1)))
    )


def test_every_address_of_the_site_has_its_line() -> None:
    lines = [door for table, _ in PAGES.values() for door in rows(table)] + [ACT_DOOR.format(act) for act in rows(ACTS)]

    assert sorted([*lines, *MOTION_DOORS, *DOCUMENT_DOORS]) == sorted(doors())


@pytest.mark.parametrize("audience", PAGES)
def test_a_page_answers_each_visitor_as_its_line_says(audience: str, nx: Cast, wz: Cast) -> None:
    table, state = PAGES[audience]
    case, visitors = STATES[state](nx), browsers(nx, wz)

    said = {door: cells(row) for door, row in rows(table).items()}
    done = {
        door: {name: word_for(browser.get(address(door, nx, case))) for name, browser in visitors.items()}
        for door in said
    }

    assert done == said


@pytest.mark.parametrize("act", rows(ACTS))
def test_an_act_is_for_those_its_line_names(act: str, nx: Cast, wz: Cast) -> None:
    state, may, looks_on = rows(ACTS)[act]
    case, visitors = STATES[state](nx), browsers(nx, wz)
    path = address(ACT_DOOR.format(act), nx, case)

    shown = {name: word_for(browser.get(path)) for name, browser in visitors.items()}
    pressed = {}
    for name, browser in visitors.items():
        with undone():
            before = Entry.objects.count()
            answer = word_for(browser.post(path, {"edition": case.edition}))
            pressed[name] = "taken" if answer in {"200", "away"} else answer
            assert name in may or Entry.objects.count() == before, f"{name} did something"

    others = {"访": "login"} | dict.fromkeys(VISITORS[1:], "404")
    assert shown == others | dict.fromkeys(looks_on, "away") | dict.fromkeys(may, "200")
    assert pressed == others | dict.fromkeys(looks_on, "409") | dict.fromkeys(may, "taken")


def test_an_original_is_taken_out_by_those_who_may_and_on_record(nx: Cast, wz: Cast) -> None:
    case, visitors = STATES["closed"](nx), browsers(nx, wz)

    for door, row in rows(TAKEN_OUT).items():
        for name, word in cells(row).items():
            before = Entry.objects.count()
            assert word_for(visitors[name].post(address(door, nx, case))) == word, (door, name)
            assert Entry.objects.count() == before + (word == "200"), (door, name)


def test_a_door_that_shows_nothing_does_nothing_either(nx: Cast, wz: Cast) -> None:
    case, visitors = STATES["closed"](nx), browsers(nx, wz)
    kept = (Body, Department, User, Post, Notice, LogEntry, Entry, InformationRequest)
    before = [model.objects.count() for model in kept]

    for door, row in rows(ACCOUNT + REQUESTS + TAKEN_OUT + HOUSE + NOBODY).items():
        closed = [name for name, word in cells(row).items() if word in {"login", "away", "403", "404"}]
        for name in closed:
            if door != "/admin/login/":
                answer = word_for(visitors[name].post(address(door, nx, case), {"post": "yes"}))
                assert answer in {cells(row)[name], "403", "404", "405"}, (door, name, answer)

    assert [model.objects.count() for model in kept] == before


def test_the_director_of_another_body_finds_nothing_of_this_one(nx: Cast, wz: Cast, client: Any) -> None:
    case = STATES["closed"](nx)
    client.force_login(wz.he)
    own = [door for door in rows(HOUSE) if door.startswith("/admin/organisation/") and "<" in door]

    found = {(door, word_for(client.get(address(door, nx, case)))) for door in own}
    done = {(door, word_for(client.post(address(door, nx, case), {"name": "改了"}))) for door in own}

    assert len(own) == 12
    assert {word for _, word in found | done} <= {"away", "403", "404"}, found | done
