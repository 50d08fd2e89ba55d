"""Accounts to try the admin with: `editor` and `publisher`, their passwords random and kept in DATA_DIR."""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

ROLES = {"editor": "Editors", "publisher": "Publishers"}


class Command(BaseCommand):
    help = "Create the accounts `editor` and `publisher` where they are missing, and print how to log in."

    def handle(self, *args, **options):
        if settings.PRODUCTION:
            raise CommandError("SITE_URL is https: demo accounts are for trying the site out. Use createsuperuser.")
        kept = self.read_kept()
        for name, role in ROLES.items():
            user, made = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
            if made:
                kept.setdefault(name, secrets.token_urlsafe(12))
                user.set_password(kept[name])
                user.save()
                user.groups.set(Group.objects.filter(name=role))
        self.write_kept(kept)
        if options["verbosity"]:
            self.stdout.write(f"Log in at {settings.SITE_URL}/admin/ as:")
            for name in ROLES:
                self.stdout.write(f"  {name:<10} {kept.get(name, '(made by hand: its password is not known here)')}")

    @property
    def path(self):
        return settings.DATA_DIR / "demo-accounts"

    def read_kept(self):
        if not self.path.exists():
            return {}
        return dict(line.split(maxsplit=1) for line in self.path.read_text().splitlines() if line.strip())

    def write_kept(self, kept):
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.writelines(f"{name} {password}\n" for name, password in kept.items())
