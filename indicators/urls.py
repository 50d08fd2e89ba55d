from django.urls import path

from indicators.views import catalogue, places, ranking, sources

app_name = "indicators"
urlpatterns = [
    path("indicators/", catalogue.catalogue, name="catalogue"),
    path("indicators/<slug:slug>/", ranking.ranking, name="ranking"),
    path("cities/", places.city_list, name="city_list"),
    path("cities/<slug:slug>/", places.city, name="city"),
    path("regions/<slug:slug>/", places.region, name="region"),
    path("sources/", sources.source_list, name="source_list"),
    path("sources/<slug:slug>/", sources.source, name="source"),
]
