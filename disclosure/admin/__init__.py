"""The staff's pages of publishing."""

from django.contrib import admin

from ..models import (
    CatalogueChange,
    Column,
    ContentEntry,
    Document,
    ImportRun,
    NegativeItem,
    Reassessment,
    UnitCatalogue,
)
from .catalogue import CataloguePage, StatutoryPage
from .contents import ContentPage
from .importing import ImportPage
from .negative import NegativePage, WeighingPage
from .page import DocumentPage
from .units import UnitPage

admin.site.register(Document, DocumentPage)
admin.site.register(ImportRun, ImportPage)
admin.site.register(NegativeItem, NegativePage)
admin.site.register(Reassessment, WeighingPage)
admin.site.register(CatalogueChange, CataloguePage)
admin.site.register(ContentEntry, ContentPage)
admin.site.register(UnitCatalogue, UnitPage)
admin.site.register(Column, StatutoryPage)
