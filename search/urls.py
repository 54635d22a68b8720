from django.urls import path

from search.views import ads, cvs, places

app_name = "search"

urlpatterns = [
    path("annonces/", ads.ads, name="ads"),
    path("annonces.json", ads.ads_json, name="ads_json"),
    path("annonces/carte/", ads.ads_map, name="map"),
    path("annonces/lieux/", places.places, name="places"),
    path("cvtheque/", cvs.cvs, name="cvs"),
]
