"""Among whom: the groups editors named, and those an address names city by city."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

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
    slug: str = field(init=False)
    name: str = field(init=False)
    name_zh: str = ""

    def __post_init__(self):
        self.slug = ",".join(place.slug for place in self.places)
        names = [localized(place, "name") for place in self.places]
        self.name = _("the %(n)s cities chosen in the address") % {"n": len(names)}
        if len(names) <= NAMED:
            self.name = _("%(names)s and %(last)s") % {"names": _(", ").join(names[:-1]), "last": names[-1]}


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
