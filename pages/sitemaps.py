"""The sitemap: what the public may find, and nothing it may not."""

from django.contrib.sitemaps import Sitemap
from django.db.models import F

from .models import CompanyIndexPage, CompanyPage, EditorialPage, HomePage, JobAd


class PageSitemap(Sitemap):
    """Pages by their own address and date of publication."""

    limit = 5000
    protocol = None

    def location(self, page):
        return page.get_url()

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
