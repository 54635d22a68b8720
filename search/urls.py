from django.urls import path

from search.views import ads, cvs, suggestions

app_name = "search"

urlpatterns = [
    path("annonces/", ads.ads, name="ads"),
    path("annonces.json", ads.ads_json, name="ads_json"),
    path("annonces/carte/", ads.ads_map, name="map"),
    path("annonces/lieux/", suggestions.where, name="places"),
    path("annonces/suggestions/", suggestions.words, name="suggestions"),
    path("cvtheque/", cvs.cvs, name="cvs"),
]
