"""A profile that contradicts itself, the catalogue or the code is refused with a hint."""

import shutil

import pytest

from portal.regulations import checks, library
from portal.regulations.library import Library


@pytest.fixture
def spoil(tmp_path):
    """A copy of all profiles in which one text of one file is replaced by another."""
    folder = tmp_path / "profiles"
    shutil.copytree(library.FOLDER, folder)

    def spoil(file, old, new):
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return checks.problems(Library(folder))

    return spoil


def test_the_profiles_as_they_are_have_no_faults():
    assert checks.problems() == []


@pytest.mark.parametrize(
    ("code", "file", "old", "new", "words"),
    [
        ("E001", "wz/requests.toml", 'unit = "working_day"', 'unit = "fortnight"', "'fortnight' is not a valid Unit"),
        ("E001", "wz/requests.toml", "amount = 7", "amout = 7", "an entry without an amount only cites rules"),
        ("E001", "national/terms.toml", "rolls = true", "roll = true", "unknown field roll"),
        ("E001", "national/roles.toml", 'scope = "department"\n', "", "missing field scope"),
        ("E001", "nx/roles.toml", 'code = "principal_leader"', 'code = "liaison"', "roles 'liaison' is declared twice"),
        ("E001", "nx/duties.toml", "[[quotas]]", "[[quota]]", "unknown table 'quota'"),
        ("E001", "ld/requests.toml", "[[terms]]", "[[terms]", "ld/requests.toml"),
        ("E001", "ld/articles_requests.toml", 'id = "LD-A8-2"', 'id = "LD-A8-3"', "'LD-A8-3' is declared twice"),
        ("E002", "nx/profile.toml", "2022-12-31", "2019-12-31", "终止日早于起始日"),
        (
            "E002",
            "national/terms.toml",
            "since = 2019-05-15",
            "since = 2019-05-15\nuntil = 2019-05-15",
            "since 不早于 until",
        ),
        ("E003", "wz/requests.toml", "WZ-6.2-5", "WZ-6.2-55", "promise answer 引用了没有声明的条款 WZ-6.2-55"),
        ("E004", "wz/requests.toml", "leading_group_head", "leading_group", "leading_group 不是已知角色"),
        ("E004", "wz/roles.toml", 'further = ["requests_ogi.extend"]', "", "延期批准人没有延期权限"),
        ("E004", "national/roles.toml", 'scope = "department"', 'scope = "room"', "scope 是 room"),
        (
            "E005",
            "national/roles.toml",
            '"requests_ogi.draft"',
            '"requests_ogi.draft", "requests_ogi.approve"',
            "既能拟稿又能审批",
        ),
        ("E006", "national/outcomes.toml", 'report_row = "四2"', 'report_row = "四9"', "年报行 四9 不存在"),
        ("E006", "national/outcomes.toml", 'remedy = "R2"', 'remedy = "R9"', "救济告知 R9 当日没有文本"),
        ("E006", "national/outcomes.toml", ', remedy = "R2" }', ', remedy = "R1" }', "救济告知 R1 当日没有文本"),
        ("E007", "national/requests.toml", 'strength = "may"', 'strength = "might"', "不予公开理由 personnel"),
        (
            "E007",
            "national/requests.toml",
            'outcome = "state_secret"',
            'outcome = "secret"',
            "不予公开理由 state_secret",
        ),
        (
            "E008",
            "national/requests.toml",
            'value = "every_request"',
            'value = "no_request"',
            "选项 identity.required 的值 no_request",
        ),
        ("E009", "ld/articles_requests.toml", 'prevails = "REG-32"\n', "", "没有写明以哪一条为准"),
        (
            "E009",
            "ld/articles_requests.toml",
            'prevails = "REG-32"',
            'prevails = "REG-99"',
            "指向没有声明的条款 REG-99",
        ),
        ("E009", "ld/articles_requests.toml", 'conflicts_with = "REG-32"\n', "", "没有写明与哪一条抵触"),
        ("E010", "national/requests.toml", 'receipt = "signing"', 'receipt = "reading"', "收到日规则 reading 不存在"),
        ("E010", "nx/duties.toml", 'per = "year"', 'per = "decade"', "缺少周期或者上下限"),
        ("E010", "national/terms.toml", 'period = "year"', 'period = "century"', "周期 century 不存在"),
        ("E016", "national/fees.toml", "{ first = 1, price = 0 }", "{ first = 2, price = 0 }", "收费标准 per_item"),
        ("E016", "national/fees.toml", "{ first = 31, price = 10 }", "{ first = 31, price = 30 }", "收费标准 per_page"),
        ("E016", "national/fees.toml", "every = 10, rise = 100", "every = 0, rise = 100", "收费标准 per_item"),
        ("E001", "national/fees.toml", "price = 100", "cost = 100", "unknown field cost"),
        ("E011", "yq/organisation.toml", "openness_office = true\n", "", "只有一个部门"),
        ("E012", "wz/articles_requests.toml", 'id = "WZ-6.2-6"', 'id = "XX-1"', "WZ-6.2-6 没有在任何法规文件中声明"),
        ("E013", "wz/articles_requests.toml", "tier = 1", "tier = 2", "WZ-6.2-5 的章节、层级"),
        ("E013", "wz/articles_portal.toml", 'id = "WZ-P-1"', 'id = "WZ-P-2"', "目录中没有 WZ-P-2"),
    ],
)
def test_a_spoilt_profile_is_refused_with_the_place_and_a_hint(spoil, code, file, old, new, words):
    found = [problem for problem in spoil(file, old, new) if problem.code == code]

    assert any(words in problem.message for problem in found), found
    assert all(problem.hint for problem in found)


def test_an_act_that_no_step_knows_is_found():
    acts = {
        act
        for code in library.bodies()
        for role in library.profile(code, checks.date.max).roles.values()
        for act in role.acts
    }

    assert checks.check_acts(acts) == []
    assert {problem.code for problem in checks.check_acts(acts - {"requests_ogi.serve"})} == {"E014"}


def test_the_faults_reach_manage_py_check_as_errors():
    problem = checks.Problem("E003", "wz", "引用了没有声明的条款 X。", "改正编号。")

    [error] = checks.as_errors([problem])

    assert (error.id, error.hint) == ("regulations.E003", "改正编号。")
    assert error.is_serious()
