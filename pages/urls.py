from django.urls import URLPattern, path
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView

from .sitemaps import sitemap
from .views import contact, robots, short

app_name = "pages"

urlpatterns: list[URLPattern] = [
    path("contact/", contact.contact, name="contact"),
    # Printed in the magazine: it stays as it is.
    path("a/<int:pk>/", short.ad_by_number, name="ad_by_number"),
    # Wagtail's second log-in form knows neither our rate limits nor the second factor.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="no_second_login",
    ),
    path("robots.txt", robots.robots, name="robots"),
    # Ads leave it at once: it may not be kept.
    path("sitemap.xml", cache_control(max_age=0)(sitemap), name="sitemap"),
]
