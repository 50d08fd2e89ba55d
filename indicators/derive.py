"""Computed series brought up to date: what their parts allow, no more; every change leaves its trace.

A value that changes is not overwritten: its successor replaces it, the old one is withdrawn and its page says from
what to what. Ranks of published lists that an indicator reads are brought up to date the same way.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from simple_history.utils import bulk_create_with_history

from indicators import derivations, periods
from indicators.claims import RANK_ONLY, Claim
from indicators.derivations import Derived
from indicators.models import Derivation, Observation, ObservationPart, RankingEntry, Series, Workflow
from indicators.models.base import UID_LENGTH

Role, Status, Checked = ObservationPart.Role, Observation.Status, Workflow.CheckStatus
Figures = dict[tuple[int, str], Observation]
ANEW = gettext_noop("worked out anew")
DEEPEST = 4  # a derived series of derived series; deeper chains nobody can follow
WEAKEST_FIRST = (Status.FORECAST, Status.ESTIMATE, Status.PROVISIONAL, Status.REVISED, Status.FINAL)


COMPUTED, FROM_LIST = "x", "l"  # how the uid of a row made here begins; editors' and loaded rows never do


def made_here(sheet: str, key: str) -> bool:
    """Whether a row of a content table was made here rather than loaded or entered."""
    return sheet == "observation_parts" or key.startswith((f"{COMPUTED}-", f"{FROM_LIST}-"))


@dataclass(slots=True)
class Wanted:
    """A value that should stand in a series, with the figures or the list line it rests on."""

    claim: Claim
    period_key: str
    parts: dict[str, Observation] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


def recompute(series: Iterable[int] | None = None, *, reason: str = ANEW) -> int:
    """Bring the computed series that rest on `series` (all when None) up to date; how many figures changed."""
    changed = 0
    touched = None if series is None else set(series)
    recipes = list(Derivation.objects.select_related("series", "numerator__indicator", "denominator_indicator"))
    with transaction.atomic():
        if touched is None:
            changed += project_lists(reason=reason)
        for _round in range(DEEPEST):
            again = set()
            for recipe in recipes:
                if touched is not None and not touched & sources(recipe):
                    continue
                if count := settle(recipe.series, wanted_by(recipe), reason=reason):
                    again.add(recipe.series_id)
                    changed += count
            if not again:
                break
            touched = again
    return changed


def sources(recipe: Derivation) -> set[int]:
    return {recipe.numerator_id} | below_line(recipe)


def below_line(recipe: Derivation) -> set[int]:
    """The series a partner is looked for in: growth and indices pair a series with itself."""
    if recipe.denominator_indicator:
        return set(recipe.denominator_indicator.series.values_list("pk", flat=True))
    return {recipe.denominator_id or recipe.numerator_id}


# --- What should stand there ---


def figures(series: Iterable[int]) -> Figures:
    """Published figures by place and period, the preferred series first; what known problems exclude stays out."""
    rows = Observation.objects.published().filter(series__in=series)
    rows = rows.exclude(note_links__note__excludes_from_ranking=True).select_related("place", "series")
    return {(row.place_id, row.period_key): row for row in rows.order_by("-series__preference", "-series__slug")}


def wanted_by(recipe: Derivation) -> dict[tuple[int, str], Wanted]:
    above, below, found = figures([recipe.numerator_id]), figures(below_line(recipe)), {}
    for (place, key), row in above.items():
        pair = pair_of(recipe, key)
        other = below.get((place, pair.partner)) if pair else None
        claim = work_out(recipe, row.claim, other.claim).claim if other else None
        if pair and other and claim:
            parts = {pair.role: row, pair.partner_role: other}
            found[place, pair.result] = Wanted(claim, pair.result, parts, inherited(row, other))
    return found


class Pair(NamedTuple):
    """The role of a figure, the period and role of its partner, and the period of what both give."""

    role: str
    partner: str
    partner_role: str
    result: str


def pair_of(recipe: Derivation, key: str) -> Pair | None:
    """How the figure of period `key` is paired; None where it has no partner by this recipe."""
    if recipe.method in (derivations.RATIO, derivations.SHARE):
        end = periods.parse(key).end
        if recipe.lag and not end:
            return None
        return Pair(Role.NUMERATOR, str(end.year - recipe.lag) if recipe.lag else key, Role.DENOMINATOR, key)
    if recipe.method == derivations.BASE_INDEX:
        return Pair(Role.LATER, recipe.base_period, Role.BASE, key)
    if periods.parse(key).precision != periods.YEAR:
        return None
    earlier = str(int(key) - recipe.span)
    if recipe.base_period and recipe.base_period != earlier:
        return None
    return Pair(Role.LATER, earlier, Role.EARLIER, key if recipe.span == 1 else f"{earlier}/{key}")


def work_out(recipe: Derivation, above: Claim, below: Claim) -> Derived:
    kept = {"decimals": recipe.decimals, "minimum": recipe.minimum_denominator}
    try:
        if recipe.method in (derivations.RATIO, derivations.SHARE):
            return derivations.ratio(above, below, scale=recipe.scale, **kept)
        if recipe.method == derivations.GROWTH:
            return derivations.growth(above, below, **kept)
        if recipe.method == derivations.COMPOUND_GROWTH:
            return derivations.compound_growth(above, below, years=recipe.span, **kept)
        lower = recipe.numerator.indicator.direction == "lower"
        return derivations.base_index(above, below, at_base=recipe.base_value, lower_is_better=lower, **kept)
    except ValueError as refused:
        return Derived(None, str(refused))


def inherited(row: Observation, other: Observation) -> dict[str, Any]:
    """A computed value is as final, as sourced and as checked as the weaker of its parts."""
    status = min(row.status, other.status, key=[s.value for s in WEAKEST_FIRST].index)
    ladder = [Checked.LOADED, Checked.NOT_SECOND_CHECKED, Checked.CHECKED]
    check = min(row.check_status, other.check_status, key=[c.value for c in ladder].index)
    reviewer = row.reviewer_id or other.reviewer_id if check == Checked.CHECKED else None
    told = {"status": status, "check_status": check, "reviewer_id": reviewer, "source_id": row.source_id}
    return told | {"origin": Observation.Origin.COMPUTED, "period_inferred": row.period_inferred}


# --- Bringing it about ---


def settle(series, wanted: dict[tuple[int, str], Wanted], *, reason: str, prefix: str = COMPUTED) -> int:
    """Create, replace or withdraw until the series holds what is wanted; how many figures changed."""
    standing = Observation.objects.published().filter(series=series, uid__startswith=f"{prefix}-")
    standing = {(row.place_id, row.period_key): row for row in standing.prefetch_related("parts")}
    used = set(Observation.objects.filter(series=series).values_list("uid", flat=True))
    slugs = _slugs(wanted)
    fresh, count = [], 0
    for key, want in wanted.items():
        old = standing.pop(key, None)
        if old and same(old, want):
            continue
        if old:
            _withdraw(old, reason)
        row = _new(series, key, want, uid=free_uid(prefix, series.slug, slugs[key[0]], want.period_key, used), old=old)
        fresh.append((row, want))
    for gone in standing.values():
        _withdraw(gone, reason)
        count += 1
    rows = bulk_create_with_history([row for row, _w in fresh], Observation, default_change_reason=reason)
    ObservationPart.objects.bulk_create(
        ObservationPart(whole=row, part=part, role=role)
        for row, (_r, want) in zip(rows, fresh, strict=True)
        for role, part in want.parts.items()
    )
    return count + len(fresh)


def _slugs(wanted):
    from_parts = {}
    for (place, _key), want in wanted.items():
        part = next(iter(want.parts.values()), None)
        from_parts[place] = part.place.slug if part else want.values["place_slug"]
    return from_parts


def same(row: Observation, want: Wanted) -> bool:
    claim = Claim(row.kind, row.low, row.high)
    parts = {part.role: part.part_id for part in row.parts.all()}
    ranks = (row.published_rank, row.published_rank_to)
    wanted_ranks = (want.values.get("published_rank"), want.values.get("published_rank_to"))
    return claim == want.claim and parts == {role: p.pk for role, p in want.parts.items()} and ranks == wanted_ranks


def _new(series, key, want, *, uid, old):
    values = {name: value for name, value in want.values.items() if name != "place_slug"}
    row = Observation(
        uid=uid, series=series, place_id=key[0], period_key=want.period_key, kind=want.claim.kind, low=want.claim.low,
        high=want.claim.high, state=Workflow.State.PUBLISHED, published_at=timezone.now(), replaces=old, **values,
    )  # fmt: skip
    row.read_period()
    return row


def _withdraw(row, reason):
    row.state = Workflow.State.WITHDRAWN
    row._change_reason = reason
    row.save()


def free_uid(prefix: str, series: str, place: str, key: str, used: set[str]) -> str:
    """Readable and never used before: a correction gets a number of its own."""
    stem = f"{prefix}-{series}-{place}-{key.replace('/', '-to-')}".lower()[: UID_LENGTH - 4]
    uid = stem
    number = 1
    while uid in used:
        number += 1
        uid = f"{stem}-{number}"
    used.add(uid)
    return uid


# --- Ranks of lists that an indicator reads ---


def project_lists(*, reason: str) -> int:
    """A published list that belongs to a series gives the series its ranks; the list itself stands once."""
    wanted: dict[Any, dict[tuple[int, str], Wanted]] = defaultdict(dict)
    entries = RankingEntry.objects.filter(ranking__series__isnull=False, place__isnull=False, rank__isnull=False)
    for entry in entries.select_related("ranking__series", "place"):
        ranking = entry.ranking
        dated = ranking.period_key != periods.UNDATED
        key = ranking.period_key if dated else ranking.edition[:4]
        values = {"published_rank": entry.rank, "published_rank_to": entry.rank_to, "source_id": ranking.source_id}
        values |= {
            "check_status": Checked.LOADED,
            "locator": f"{ranking.name} / {ranking.name_zh}"[:200],
            "place_slug": entry.place.slug,
        }
        values |= (
            {} if dated else {"period_text": f"edition {ranking.edition}", "period_text_zh": f"{ranking.edition}年版"}
        )
        wanted[ranking.series][entry.place_id, key] = Wanted(Claim(RANK_ONLY), key, values=values)
    read_before = Series.objects.filter(observations__uid__startswith=f"{FROM_LIST}-", observations__state="published")
    count = 0
    for series in {*wanted, *read_before}:
        found = wanted[series]
        # A figure of the same place and period says more than a bare rank.
        told = Observation.objects.published().filter(series=series).exclude(uid__startswith=f"{FROM_LIST}-")
        for key in told.values_list("place_id", "period_key"):
            found.pop(key, None)
        count += settle(series, found, reason=reason, prefix=FROM_LIST)
    return count
