"""Two roles: Editors enter and submit; Publishers also review, publish, withdraw and correct. Neither manages users.

Editors add indicators, series and city groups; only Publishers change them, because figures already published would
get another unit, order or universe without a second person. Published rankings are public at once: Publishers alone.
"""

from typing import Any

from django.apps import AppConfig

EDITORS, PUBLISHERS = "Editors", "Publishers"
EDITING = ("add", "change", "view")
REVIEWING = ("delete", "review")  # what may be deleted is narrower still: drafts alone, see indicators.admin
KEPT_BY_MACHINES = ("loadedrow",)
PUBLIC_AT_ONCE = ("rankinglist", "rankingentry", "derivation", "observationpart")
BEHIND_FIGURES = ("indicator", "series", "placegroup")  # a change of these changes what published figures say


def build_roles(*, sender: AppConfig, apps: Any, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate, idempotent: give both groups their permissions on the app that has just migrated.

    Permissions do not exist while migrations run; Django makes them on the same signal, before this.
    """
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # a migration back to a time before users
        return
    content = (
        permission_model.objects.using(using)
        .filter(content_type__app_label=sender.label)
        .exclude(content_type__model__startswith="historical")
        .exclude(content_type__model__in=KEPT_BY_MACHINES)
    )
    for name, verbs in ((EDITORS, EDITING), (PUBLISHERS, EDITING + REVIEWING)):
        group, _ = group_model.objects.using(using).get_or_create(name=name)
        wanted = [permission for permission in content if permission.codename.split("_")[0] in verbs]
        if name == EDITORS:
            changes = {f"change_{model}" for model in BEHIND_FIGURES}
            changes |= {f"{verb}_{model}" for model in PUBLIC_AT_ONCE for verb in ("add", "change")}
            wanted = [permission for permission in wanted if permission.codename not in changes]
        group.permissions.remove(*group.permissions.filter(content_type__app_label=sender.label))
        group.permissions.add(*wanted)
