"""Write all content as the CSV files `load_demo --dir` reads, with the uploads beside them."""

import csv
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.management.commands.load_demo import copy_missing
from indicators.imports.apply import Store
from policies.sheets import ALL


class Command(BaseCommand):
    help = "Write every table as one CSV file. Loaded into an empty database, the files give the same site."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *args, **options):
        folder = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        strangers = {path.name for path in folder.glob("*.csv")} - {f"{sheet.name}.csv" for sheet in ALL}
        if strangers:
            raise CommandError(f"{folder} holds files that are not of a dump: {', '.join(sorted(strangers))}.")
        texts = Store(ALL).texts
        for sheet in ALL:
            with (folder / f"{sheet.name}.csv").open("w", encoding="utf-8", newline="") as file:
                out = csv.DictWriter(file, [column.name for column in sheet.columns], lineterminator="\n")
                out.writeheader()
                out.writerows(texts[sheet.name][key] for key in sorted(texts[sheet.name]))
        copied = copy_missing(Path(settings.MEDIA_ROOT), folder / "media")
        if options["verbosity"]:
            rows = sum(map(len, texts.values()))
            self.stdout.write(f"Wrote {rows} rows in {len(ALL)} tables and {len(copied)} uploads to {folder}.")
