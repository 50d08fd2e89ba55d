"""Loading and dumping the content: all or nothing, twice the same, editors' work kept."""

import filecmp
import io

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from indicators.imports.apply import load
from indicators.models import LoadedRow, NoteLink, Observation, Place, PlaceGroup, Source
from policies.models import Policy, Provision
from policies.sheets import ALL
from tests.indicators.imports.files import CONTENT, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture
def content(tmp_path):
    return write(tmp_path / "content")


def load_demo(folder, *options):
    said = io.StringIO()
    call_command("load_demo", *options, dir=folder, stdout=said)
    return said.getvalue()


def counts():
    """Rows of every table of ours, history included."""
    models = [*apps.get_app_config("indicators").get_models(), *apps.get_app_config("policies").get_models()]
    return {model.__name__: model._base_manager.count() for model in models}


def empty_database():
    LoadedRow.objects.all().delete()
    Place.objects.update(parent=None)
    for sheet in reversed(ALL):
        sheet.model._base_manager.all().delete()
    get_user_model().objects.all().delete()


def test_the_content_is_loaded_whole(content):
    said = load_demo(content)
    assert "observations           3 new     0 updated     0 same     0 kept\n" in said
    figure = Observation.objects.get(uid="o-1")
    assert (figure.low, figure.high, figure.check_status) == (4026960000000, 4026960000000, "loaded")
    assert figure.is_public
    assert str(figure.period_end) == "2021-12-31"
    assert set(PlaceGroup.objects.get().members.values_list("slug", flat=True)) == {"beijing", "suzhou"}
    assert Place.objects.get(slug="haidian").parent.parent.slug == "china"
    assert Provision.objects.get(uid="v-2").parent.uid == "v-1"
    assert str(Policy.objects.get().first_event_end) == "2023-05-30"


def test_each_row_has_one_line_of_history_with_its_reason(content):
    load_demo(content)
    lines = Policy.history.all()
    assert [(line.history_type, line.history_change_reason) for line in lines] == [("+", "loaded with the site")]
    assert [link.topic.slug for link in lines[0].topics.all()] == ["economy"]
    assert Observation.history.count() == 3


def test_loading_twice_changes_nothing(content):
    load_demo(content)
    before = counts()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert load_demo(content).endswith("Nothing new.\n")
    assert counts() == before
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not written


def test_changed_content_updates_its_row_alone(content):
    load_demo(content)
    write(content, observations=("range,5,9", "range,5,8"), policies=("economy", ""))
    said = load_demo(content)
    assert "observations           0 new     1 updated     2 same     0 kept\n" in said
    assert Observation.objects.get(uid="o-2").high == 8
    assert Observation.history.filter(uid="o-2").count() == 2
    assert Observation.history.count() == 4
    assert not Policy.objects.get().topics.exists()
    assert [line.topics.count() for line in Policy.history.order_by("history_id")] == [1, 0]


def test_a_changed_period_moves_its_dates(content):
    load_demo(content)
    write(content, policy_events=("2023-05-30", "2023-06"), observations=("2022", "2020"))
    load_demo(content)
    assert str(Observation.objects.get(uid="o-2").period_start) == "2020-01-01"
    assert str(Policy.objects.get().first_event_end) == "2023-06-30"


def test_what_an_editor_changed_is_kept(content):
    load_demo(content)
    figure = Observation.objects.get(uid="o-2")
    figure.high = 7
    figure.save()
    Source.objects.filter(slug="yearbook").delete()
    NoteLink.objects.all().delete()
    write(content, observations=("range,5,9", "range,5,8"))
    said = load_demo(content)
    assert Observation.objects.get(uid="o-2").high == 7
    assert "observations           0 new     0 updated     2 same     1 kept\n" in said
    assert not Source.objects.filter(slug="yearbook").exists()
    assert not NoteLink.objects.exists()


def test_content_that_was_loaded_last_is_not_read_again(content):
    load_demo(content, "--if-changed")
    with CaptureQueriesContext(connection) as queries:
        assert load_demo(content, "--if-changed") == "The content has not changed since it was loaded.\n"
    assert len(queries) == 1
    write(content, observations=("range,5,9", "range,5,8"))
    assert "1 updated" in load_demo(content, "--if-changed")


def test_a_database_with_an_editors_rows_can_be_refused(content):
    load_demo(content, "--refuse-edited")
    load_demo(content, "--refuse-edited")
    Place.objects.filter(slug="suzhou").update(summary="A city of canals.")
    with pytest.raises(CommandError, match="Editors have worked in this database .1 row.*places suzhou"):
        load_demo(content, "--refuse-edited")


BROKEN = [
    (
        "observations",
        ("gdp-a,beijing", "gdp-a,beijin"),
        "line 2, column place: no city or region “beijin” (did you mea",
    ),
    ("observations", ("report,line 3", ",line 3"), "line 2, column source: The source is missing"),
    (
        "observations",
        ("range,5,9", "range,9,5"),
        "line 3, column low: The lower bound is not below the upper bound.",
    ),
    ("observations", ("exact,4026960000000.00", "exact,"), "line 2, column low: Give the value."),
    ("observations", (",2022,", ",2022-13,"), "line 3, column period_key: “2022-13” is no day of the calendar."),
    ("observations", ("range,", "rang,"), "line 3, column kind: “rang” is not known here (did you mean “range”?)."),
    ("observations", ("o-2,", "o-1,"), "line 3, column uid: “o-1” stands already in observations.csv, line 2."),
    ("observations", ("o-2,", "O 2,"), "line 3, column uid: Lower-case letters, digits and hyphens only."),
    ("observations", ("locator", "locater"), "line 1, column locater: observations has no such column (did you mean"),
    ("observations", ("line 4", "line " * 50), "line 3, column locator: Ensure this value has at most 200 characters"),
    (
        "observations",
        ("beijing,2022,range,5,9", "beijing,2021,exact,5,"),
        "line 3: A published figure of this series, c",
    ),
    ("provisions", (",report", ","), "line 2, column source: The source is missing"),
    ("provisions", ("v-1,plan,,", "v-1,plan,v-2,"), "line 2, column uid: This row leads back to itself."),
    ("policies", ("city,pair,", "city,,"), "line 2: A role needs the package it is a role in."),
    ("ranking_entries", ("2,suzhou", "2,beijing"), "line 3: Another row has the same ranking, place."),
    ("places", ("39.90750,", ","), "line 3: Give both latitude and longitude, or neither."),
    ("places", ("haidian,Haidian", "haidian,"), "line 2, column name: This is missing: every row needs one."),
]


@pytest.mark.parametrize(("sheet", "change", "sentence"), BROKEN, ids=[sentence for _, _, sentence in BROKEN])
def test_a_broken_row_stops_the_load_and_says_why(sheet, change, sentence, tmp_path):
    before = counts()
    with pytest.raises(CommandError) as refused:
        load_demo(write(tmp_path / "broken", **{sheet: change}))
    assert str(refused.value).startswith(f"Nothing was loaded.\n{sheet}.csv, line ")
    assert f"{sheet}.csv, {sentence}" in str(refused.value)
    assert counts() == before


def test_a_broken_row_leaves_the_loaded_site_as_it_was(content):
    load_demo(content)
    before = counts()
    write(content, observations=("range,5,9", "range,9,5"), places=("Suzhou", "Suchow"))
    with pytest.raises(CommandError):
        load_demo(content)
    assert counts() == before
    assert Place.objects.get(slug="suzhou").name == "Suzhou"


def test_all_errors_of_all_files_are_told_at_once(tmp_path):
    folder = write(tmp_path / "broken", observations=("beijing,2021", "beijin,2021"), places=("prefecture", "town"))
    (folder / "observations.more.csv").write_text(
        "uid,series,place,source\no-9,gdp-a,suzhou,report\no-10,gdp-a,suzhou,\n"
    )
    with pytest.raises(CommandError) as refused:
        load_demo(folder)
    assert [line.split(":")[0] for line in str(refused.value).splitlines()[1:]] == [
        "observations.csv, line 2, column place",
        "observations.more.csv, line 2, column low",
        "observations.more.csv, line 3, column source",
        "places.csv, line 4, column level",
    ]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("planets.csv", b"slug\n", "planets.csv, line 1: No table is called “planets” (did you mean “places”?)."),
        ("places.more.csv", "slug,name\nx,北京\n".encode("gb18030"), "places.more.csv is not UTF-8 text."),
    ],
)
def test_a_file_that_cannot_be_used_is_named(name, text, sentence, content):
    (content / name).write_bytes(text)
    with pytest.raises(CommandError) as refused:
        load_demo(content)
    assert sentence in str(refused.value)


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(CommandError, match="There are no CSV files in"):
        load_demo(tmp_path)


def test_a_dump_loaded_into_an_empty_database_is_dumped_the_same(content, tmp_path, uploads):
    load_demo(content)
    editor = get_user_model().objects.create_user("wei", password="a long password", is_staff=True)
    Observation.objects.filter(uid="o-3").update(author=editor, state="draft", check_status="", published_at=None)
    Place.objects.filter(slug="suzhou").update(summary="Two lines.\r\nAnd “quotes”, too.", name="  Suzhou ")
    (uploads / "archive").mkdir(parents=True)
    (uploads / "archive" / "report.pdf").write_bytes(b"a report")
    Source.objects.filter(slug="report").update(archive="archive/report.pdf")
    first, second = tmp_path / "first", tmp_path / "second"
    call_command("dump_content", first, verbosity=0)
    empty_database()
    (uploads / "archive" / "report.pdf").unlink()

    load_demo(first)
    call_command("dump_content", second, verbosity=0)

    names = sorted(str(path.relative_to(first)) for path in first.rglob("*") if path.is_file())
    assert len(names) == len(ALL) + 1
    assert filecmp.cmpfiles(first, second, names, shallow=False) == (names, [], [])
    figure = Observation.objects.get(uid="o-3")
    assert (figure.author.username, figure.author.is_active, figure.state) == ("wei", False, "draft")
    assert not figure.author.has_usable_password()
    assert (uploads / "archive" / "report.pdf").read_bytes() == b"a report"
    load_demo(first, "--refuse-edited")


def test_uploads_of_a_refused_load_are_taken_back(tmp_path, uploads):
    folder = write(tmp_path / "broken", observations=("range,5,9", "range,9,5"))
    (folder / "media" / "archive").mkdir(parents=True)
    (folder / "media" / "archive" / "report.pdf").write_bytes(b"a report")
    with pytest.raises(CommandError):
        load_demo(folder)
    assert not [path for path in uploads.rglob("*") if path.is_file()]


def test_a_file_that_is_not_among_the_uploads_is_an_error(tmp_path):
    folder = write(tmp_path / "broken")
    (folder / "places.more.csv").write_text("slug,name,name_zh,level,photo\nx,X,某,prefecture,places/x.jpg\n")
    (folder / "sources.more.csv").write_text("slug,title,publisher,nearness,archive\nx,X,bureau,press,../x.pdf\n")
    with pytest.raises(CommandError) as refused:
        load_demo(folder)
    assert str(refused.value).splitlines()[1:] == [
        "places.more.csv, line 2, column photo: There is no file “places/x.jpg” among the uploads.",
        "sources.more.csv, line 2, column archive: “../x.pdf” is not a path inside the folder of uploads.",
    ]


def test_a_photo_is_loaded_with_its_size(tmp_path, uploads):
    folder = write(tmp_path / "content")
    (folder / "media" / "places").mkdir(parents=True)
    Image.new("RGB", (40, 30)).save(folder / "media" / "places" / "x.png")
    (folder / "places.more.csv").write_text(
        "slug,name,name_zh,level,photo,photo_credit,photo_alt,photo_alt_zh\nx,X,某,prefecture,places/x.png,Li,A,图\n"
    )
    load_demo(folder)
    place = Place.objects.get(slug="x")
    assert (place.photo_width, place.photo_height) == (40, 30)
    assert load_demo(folder).endswith("Nothing new.\n")


def test_a_dump_does_not_mix_with_other_tables(content):
    (content / "observations.more.csv").write_text("uid\n")
    with pytest.raises(CommandError, match=r"holds files that are not of a dump: observations\.more\.csv"):
        call_command("dump_content", content)


def test_a_preview_writes_nothing():
    before = counts()
    files = [(f"{name}.csv", text) for name, text in CONTENT.items()]
    plan = load(files, ALL, dry_run=True)
    assert plan.totals()["observations"]["new"] == 3
    assert counts() == before


def test_an_editors_upload_makes_drafts(content):
    load_demo(content)
    files = [("observations.csv", "uid,series,place,period_key,low\no-9,gdp-a,suzhou,2020,5\n")]
    load(files, ALL, state="draft", protect=False, reason="uploaded")
    figure = Observation.objects.get(uid="o-9")
    assert (figure.state, figure.check_status, figure.published_at) == ("draft", "", None)
    assert figure.history.get().history_change_reason == "uploaded"


def test_the_number_of_queries_does_not_grow_with_the_rows(content):
    def queries_for(rows):
        lines = "".join(f"o-x{n},gdp-a,suzhou,{2000 + n},exact,{n},report\n" for n in rows)
        with CaptureQueriesContext(connection) as queries:
            load([("observations.csv", f"uid,series,place,period_key,kind,low,source\n{lines}")], ALL)
        return len(queries)

    load_demo(content)
    assert queries_for(range(1, 3)) == queries_for(range(3, 20))
