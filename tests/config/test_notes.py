"""All known problems on one page, with what each concerns."""

import pytest

from policies.models import PolicyNoteLink
from tests import factories as make

pytestmark = pytest.mark.django_db


def page(client, prefix=""):
    response = client.get(f"{prefix}/notes/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_every_subject_is_named_and_linked(client, prefix):
    row, policy, statement = make.make_observation(), make.make_policy(), make.make_statement()
    note = make.make_note(slug="doubt")
    subjects = {"observation": row, "series": row.series, "indicator": row.series.indicator, "source": row.source}
    subjects |= {"statement": statement, "place": row.place, "group": make.make_group()}
    for name, subject in subjects.items():
        note.links.create(**{name: subject})
    PolicyNoteLink.objects.create(note=note, policy=policy)
    html = page(client, prefix)
    assert 'id="doubt"' in html
    for subject in (row, statement, row.place, row.source, row.series.indicator, policy):
        assert f'href="{prefix}{subject.get_absolute_url()}"' in html


def test_what_is_not_public_is_not_named(client):
    make.make_note(title="Secret doubt", is_public=False)
    note, draft = make.make_note(title="Open doubt"), make.make_observation(state="draft")
    note.links.create(observation=draft)
    html = page(client)
    assert "Secret doubt" not in html
    assert "Open doubt" in html
    assert draft.get_absolute_url() not in html


def test_ten_times_the_notes_ask_no_further_queries(client, django_assert_max_num_queries):
    make.make_note().links.create(observation=make.make_observation())
    page(client)
    with django_assert_max_num_queries(20) as few:
        page(client)
    for _n in range(10):
        note = make.make_note()
        note.links.create(observation=make.make_observation())
        PolicyNoteLink.objects.create(note=note, target=make.make_target(policy=make.make_policy()))
    with django_assert_max_num_queries(len(few)):
        page(client)
