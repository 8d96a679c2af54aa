"""The staff's pages of publishing."""

from django.contrib import admin

from ..models import CatalogueChange, Column, Document, ImportRun, NegativeItem, Reassessment
from .catalogue import CataloguePage, StatutoryPage
from .importing import ImportPage
from .negative import NegativePage, WeighingPage
from .page import DocumentPage

admin.site.register(Document, DocumentPage)
admin.site.register(ImportRun, ImportPage)
admin.site.register(NegativeItem, NegativePage)
admin.site.register(Reassessment, WeighingPage)
admin.site.register(CatalogueChange, CataloguePage)
admin.site.register(Column, StatutoryPage)
