"""The staff's pages of requests: the queue, the story of a case, and a page for every act."""

from django.contrib import admin

from ..models import InformationRequest
from .page import RequestPage

admin.site.register(InformationRequest, RequestPage)
