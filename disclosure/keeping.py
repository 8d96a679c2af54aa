"""Who keeps the register of public documents: the named person whom the body's document asks for (LD-A1-10-1c)."""

from datetime import date

from portal.organisation.models import Body, Post
from portal.regulations import library
from portal.regulations.registry import applies, carries

KEEPER = "register.keeper"


@applies("option register.keeper")
def wants_keeper(body: Body, *, on: date) -> str:
    """The role of the person who keeps the register; empty where the body's document asks for nobody in particular."""
    return str(library.profile(body.profile, on).option(KEEPER))


@carries("LD-A1-10-1c")
def keepers_of(body: Body, *, on: date) -> list[str]:
    """Who holds that post on a day, by name."""
    posts = Post.objects.live(on=on).filter(body=body, role=wants_keeper(body, on=on)).select_related("user")
    return [str(post.user) for post in posts.order_by("pk")]
