"""The staff's pages of requests: the queue, the story of a case, and a page for every act."""

from django.contrib import admin

from ..models import Conversion, InformationRequest, Motion
from . import challenges, reevaluations  # noqa: F401 - register their pages
from .conversions import ConversionPage
from .motions import MotionPage
from .page import RequestPage

admin.site.register(InformationRequest, RequestPage)
admin.site.register(Motion, MotionPage)
admin.site.register(Conversion, ConversionPage)
