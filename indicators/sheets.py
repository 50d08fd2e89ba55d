"""The tables of this app in files, in the order they are loaded."""

from indicators import claims, derive, models
from indicators.imports.plan import Values
from indicators.imports.sheet import sheet

SLUG = ("slug",)


def one_value(values: Values) -> None:
    """A single value is its own upper bound; files give it once."""
    if values["kind"] in claims.POINTS and not values["high"]:
        values["high"] = values["low"]


FIRST = (
    sheet("topics", models.Topic, key=SLUG),
    sheet("organisations", models.Organisation, key=SLUG),
    sheet("places", models.Place, key=SLUG),
    sheet("groups", models.PlaceGroup, key=SLUG),
    sheet("sources", models.Source, key=SLUG),
    sheet("indicators", models.Indicator, key=SLUG),
    sheet("series", models.Series, key=SLUG),
    sheet("derivations", models.Derivation, key=("series",), after=derive.recompute),
    sheet("key_figures", models.KeyFigure, key=("place", "indicator")),
    sheet("observations", models.Observation, settle=one_value, after=derive.recompute),
    sheet("observation_parts", models.ObservationPart, key=("whole", "role")),
    sheet("statements", models.Statement),
    sheet("ranking_lists", models.RankingList, key=SLUG, after=derive.recompute),
    sheet("ranking_entries", models.RankingEntry, key=("ranking", "position"), after=derive.recompute),
)
NOTES = (
    sheet("notes", models.EditorialNote, key=SLUG),
    sheet("note_links", models.NoteLink, key=("note", *models.NoteLink.SUBJECTS), after=derive.recompute),
)
