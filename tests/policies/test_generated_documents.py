"""What is generated into docs/ is as fresh as what it is generated from."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command

from portal.regulations import listing
from portal.workflow.engine import workflows


def test_the_list_of_articles_is_fresh():
    written = (settings.BASE_DIR / "docs" / "articles.md").read_text("utf-8")

    assert written == listing.articles_md(), "run `manage.py document`"


def test_the_diagrams_are_fresh_and_the_check_says_so():
    out = StringIO()

    call_command("diagrams", check=True, stdout=out)

    assert out.getvalue().splitlines() == [f"docs/workflows/{name}.md 已是最新。" for name in workflows()]
