"""The list of cities, and the profile of a city or region."""

from django.shortcuts import get_object_or_404, redirect, render

from indicators import selectors
from indicators.drawing.city_map import city_map
from indicators.models import Place
from indicators.profile.page import Profile


def city_list(request):
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    cities = selectors.cities(asked)
    if asked and len(cities) == 1:
        return redirect(cities[0])
    told = {"section": "cities", "cities": cities, "q": asked, "map": city_map(cities)}
    return render(request, "indicators/city_list.html", told)


def city(request, slug):
    return profile(request, slug, is_city=True)


def region(request, slug):
    return profile(request, slug, is_city=False)


def profile(request, slug, *, is_city):
    place = get_object_or_404(Place.objects.select_related("parent__parent"), slug=slug)
    if place.is_city != is_city:
        return redirect(place, permanent=True)
    return render(request, "indicators/profile.html", {"section": "cities", **Profile(place).context()})
