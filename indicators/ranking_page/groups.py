"""Among whom: the groups editors named, and those an address names city by city."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.models import Place
from indicators.words import localized

FEWEST, MOST = 2, 60
NAMED = 4  # up to so many cities a group is called by their names


@dataclass(slots=True)
class OwnGroup:
    """A PlaceGroup of one address: `slug` is what stands behind `group=`."""

    places: list
    definition: str = ""
    stated_size: int | None = None
    members_known: bool = True
    pk: int | None = None

    @property
    def slug(self):
        return ",".join(place.slug for place in self.places)

    @property
    def name(self):
        """In the language of whoever asks: a sentence to copy is made in both."""
        names = [localized(place, "name") for place in self.places]
        if len(names) > NAMED:
            return _("the %(n)s cities chosen in the address") % {"n": len(names)}
        return _("%(names)s and %(last)s") % {"names": pgettext("list", ", ").join(names[:-1]), "last": names[-1]}


def is_own(asked):
    """Whether an address names cities: several, or a single one, which is too few."""
    return "," in asked or Place.objects.cities().filter(slug=asked).exists()


def own(asked):
    """The group an address spells out, and what is wrong with it as a sentence; one of the two is empty."""
    slugs = list(dict.fromkeys(filter(None, (part.strip() for part in asked.split(",")))))
    if not FEWEST <= len(slugs) <= MOST:
        words = _("A group of your own holds %(fewest)s to %(most)s cities; this address names %(n)s.")
        return None, words % {"fewest": FEWEST, "most": MOST, "n": len(slugs)}
    found = {place.slug: place for place in Place.objects.cities().filter(slug__in=slugs)}
    unknown = [slug for slug in slugs if slug not in found]
    if unknown:
        return None, _("No city here is called “%(value)s”, so nothing is listed.") % {"value": unknown[0][:60]}
    return OwnGroup([found[slug] for slug in slugs]), ""
