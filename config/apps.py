from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ObservatoryAdmin(admin_apps.AdminConfig):
    """The stock admin with the menu of `config.admin_site`."""

    default_site = "config.admin_site.ObservatoryAdminSite"
    default = False


class SiteConfig(AppConfig):
    name = "config"
    verbose_name = _("Digital Cities Observatory")
    default = True

    def ready(self):
        from indicators.roles import build_roles  # needs the models, which are not there while this file is read

        for label in ("indicators", "policies"):
            post_migrate.connect(build_roles, sender=apps.get_app_config(label), dispatch_uid=f"roles.{label}")
