"""What is generated into docs/ is as fresh as what it is generated from."""

from django.conf import settings

from portal.regulations import listing


def test_the_list_of_articles_is_fresh():
    written = (settings.BASE_DIR / "docs" / "articles.md").read_text("utf-8")

    assert written == listing.articles_md(), "run `manage.py document`"
