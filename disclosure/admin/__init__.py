"""The staff's pages of publishing."""

from django.contrib import admin

from ..models import (
    CatalogueChange,
    CleanUp,
    Column,
    ContentEntry,
    Document,
    ImportRun,
    NegativeItem,
    Outgoing,
    Reassessment,
    SensitiveWord,
    UnitCatalogue,
)
from .catalogue import CataloguePage, StatutoryPage
from .clearing import CleanUpPage
from .contents import ContentPage
from .importing import ImportPage
from .negative import NegativePage, WeighingPage
from .outgoing import OutgoingPage
from .page import DocumentPage
from .units import UnitPage
from .words import WordPage

admin.site.register(Document, DocumentPage)
admin.site.register(ImportRun, ImportPage)
admin.site.register(CleanUp, CleanUpPage)
admin.site.register(NegativeItem, NegativePage)
admin.site.register(Reassessment, WeighingPage)
admin.site.register(CatalogueChange, CataloguePage)
admin.site.register(ContentEntry, ContentPage)
admin.site.register(UnitCatalogue, UnitPage)
admin.site.register(Column, StatutoryPage)
admin.site.register(SensitiveWord, WordPage)
admin.site.register(Outgoing, OutgoingPage)
