"""What changed in the figures of a place since they were loaded: published, corrected, withdrawn, newest first."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from indicators.figures import present
from indicators.models import Observation
from indicators.models.base import Workflow
from indicators.where import in_words

SHOWN = 6
State = Workflow.State


def ever_public(place):
    """Published and withdrawn figures of a place, the withdrawn with the day and the reason; one query."""
    history = Observation.history.filter(id=OuterRef("pk"), state=State.WITHDRAWN).order_by("-history_date")
    rows = Observation.objects.for_place(place).filter(state__in=(State.PUBLISHED, State.WITHDRAWN)).with_sources()
    rows = rows.select_related("series__indicator__counts_policies_of")
    return rows.annotate(
        withdrawn_on=Subquery(history.values("history_date")[:1]),
        withdrawn_because=Subquery(history.values("history_change_reason")[:1]),
    )


def among(rows):
    """A correction is one change, not two; what came with the site is none."""
    by_pk = {row.pk: row for row in rows}
    replaced = {row.replaces_id for row in rows} - {None}
    found = []
    for row in rows:
        if row.state == State.WITHDRAWN and row.pk not in replaced:
            told = {"moment": row.withdrawn_on or row.published_at, "what": _("withdrawn")}
            found.append(told | {"row": row, "reason": row.withdrawn_because})
        elif row.replaces_id in by_pk:
            found.append(
                {"moment": row.published_at, "what": _("corrected"), "row": row, "old": by_pk[row.replaces_id]}
            )
        elif row.state == State.PUBLISHED and row.check_status != Workflow.CheckStatus.LOADED:
            found.append({"moment": row.published_at, "what": _("published"), "row": row})
    found.sort(key=lambda change: change["moment"], reverse=True)
    return [_shown(change) for change in found[:SHOWN]]


def _shown(change):
    figure, old = present(change["row"]), change.get("old")
    return {
        "day": f"{change['moment']:%Y-%m-%d}",
        "what": change["what"],
        "reason": change.get("reason") or "",
        "figure": in_words(figure),
        "before": in_words(present(old)) if old else None,
        **{name: figure[name] for name in ("indicator", "unit", "period")},
    }
