"""Load the content of the site: new rows are added, changed ones updated, an editor's left alone."""

import hashlib
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from indicators import derive
from indicators.imports.apply import Refused, Store, load, loaded_digests, remember
from indicators.imports.plan import ACTIONS, edited
from policies.sheets import ALL

CONTENT = ("__content__", "files")
DEMO = settings.BASE_DIR / "config" / "demo"
NOT_TABLES = ("fact_map",)


class Command(BaseCommand):
    help = "Load the CSV files of the content: all of them or, if one row is wrong, nothing."

    def add_arguments(self, parser):
        parser.add_argument("--dir", type=Path, default=DEMO, help="folder of CSV files")
        parser.add_argument("--if-changed", action="store_true", help="do nothing when these files were loaded last")
        parser.add_argument("--refuse-edited", action="store_true", help="stop when editors have worked here")

    def handle(self, *args, **options):
        files = read(options["dir"])
        digest = hashlib.sha256(repr(files).encode()).hexdigest()
        loaded = loaded_digests()
        unchanged = loaded.get(CONTENT) == digest
        if options["refuse_edited"]:
            self.refuse_edited(loaded)
        if options["if_changed"] and unchanged:
            return self.say(options, "The content has not changed since it was loaded.")
        copied = copy_missing(options["dir"] / "media", Path(settings.MEDIA_ROOT))
        try:
            with transaction.atomic():
                plan = load(files, ALL)
                if not unchanged:
                    remember([(*CONTENT, digest)])
        except Refused as refused:
            for path in copied:
                path.unlink()
            raise CommandError(f"Nothing was loaded.\n{refused}") from None
        for name, count in plan.totals().items():
            self.say(options, f"{name:<18}" + "".join(f"{count[action]:>6} {action}" for action in ACTIONS))
        if not plan.writes:
            self.say(options, "Nothing new.")

    def say(self, options, sentence):
        if options["verbosity"]:
            self.stdout.write(sentence)

    def refuse_edited(self, loaded):
        found = [row for row in edited(ALL, Store(ALL).texts, loaded) if not derive.made_here(*row)]
        if found:
            named = ", ".join(f"{sheet} {key}" for sheet, key in found[:3])
            raise CommandError(
                f"Editors have worked in this database ({len(found)} rows, for example {named}). Nothing was loaded. "
                "To start afresh, empty the database or set another DATA_DIR."
            )


def read(folder):
    """Every table file of a folder with its text, by name."""
    files = []
    paths = [path for path in sorted(folder.glob("*.csv")) if path.name.split(".")[0] not in NOT_TABLES]
    if not paths:
        raise CommandError(f"There are no CSV files in {folder}.")
    try:
        for path in paths:
            files.append((path.name, path.read_bytes().decode("utf-8")))
    except UnicodeDecodeError:
        raise CommandError(f"Nothing was loaded.\n{path.name} is not UTF-8 text. Save it as “CSV UTF-8”.") from None
    return files


def copy_missing(source, target):
    """Copy the files `target` lacks; what was copied."""
    copied = []
    for path in sorted(source.rglob("*")):
        goal = target / path.relative_to(source)
        if path.is_file() and not goal.exists():
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, goal)
            copied.append(goal)
    return copied
