"""What was sent with a request, if it was sent at all."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict


def posted(request: HttpRequest) -> QueryDict | None:
    """The data of a POST, even when it is empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def posted_files(request: HttpRequest) -> MultiValueDict[str, UploadedFile] | None:
    """The files of a POST; None for a page that is only looked at."""
    return request.FILES if request.method == "POST" else None
