"""The public API: our answers for the public pages, then Wagtail's API v3."""

from django.urls import path
from wagtail.api.v3.urls import api

urlpatterns = [path("", api.urls)]
