from django.urls import path

from indicators.views import catalogue, compare, places, ranking, ranking_lists, sources

app_name = "indicators"
urlpatterns = [
    path("indicators/", catalogue.catalogue, name="catalogue"),
    path("indicators/<slug:slug>/", ranking.ranking, name="ranking"),
    path("rankings/", ranking_lists.ranking_lists, name="ranking_lists"),
    path("rankings/surprises/", ranking_lists.surprising, name="surprises"),
    path("rankings/<slug:slug>/", ranking_lists.ranking_list, name="ranking_list"),
    path("cities/", places.city_list, name="city_list"),
    path("cities/<slug:slug>/", places.city, name="city"),
    path("regions/<slug:slug>/", places.region, name="region"),
    path("compare/", compare.form, name="compare_form"),
    path("compare/<path:cities>/", compare.comparison, name="compare"),
    path("sources/", sources.source_list, name="source_list"),
    path("sources/<slug:slug>/", sources.source, name="source"),
]
