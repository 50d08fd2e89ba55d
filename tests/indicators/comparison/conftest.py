import pytest

from tests.factories import make_place


@pytest.fixture
def cities(db):
    return [make_place(slug=slug, name=slug.title()) for slug in ("anyang", "baoji", "changde")]
