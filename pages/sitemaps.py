"""The sitemap: what the public may find, and nothing it may not."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as render_sitemap
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from .models import CompanyIndexPage, CompanyPage, EditorialPage, HomePage, JobAd


class PageSitemap(Sitemap):
    """Pages by their own address and date of publication."""

    limit = 5000
    protocol = None

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def location(self, page):
        # Wagtail keeps the site's root on the request: without it every page asks the cache again.
        return page.get_url(self.request)

    def lastmod(self, page):
        return page.last_published_at


class AdSitemap(PageSitemap):
    changefreq = "daily"
    priority = 0.8

    def items(self):
        return JobAd.objects.visible().order_by("pk")


class CompanySitemap(PageSitemap):
    changefreq = "weekly"
    priority = 0.6

    def items(self):
        return CompanyPage.objects.live().order_by("pk")


class SiteSitemap(PageSitemap):
    """The home page, the lists and the editorial pages."""

    def items(self):
        pages = [*HomePage.objects.live(), *CompanyIndexPage.objects.live()]
        return pages + list(EditorialPage.objects.live().order_by(F("path")))


SITEMAPS = {"annonces": AdSitemap, "entreprises": CompanySitemap, "site": SiteSitemap}


def sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`, its pages read with a constant number of queries."""
    return render_sitemap(request, {name: kind(request) for name, kind in SITEMAPS.items()})
