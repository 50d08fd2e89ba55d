import pytest

from tests.indicators.desk import log_in


@pytest.fixture
def superuser(client):
    return log_in(client, superuser=True)


@pytest.fixture
def editor(client):
    return log_in(client, "Editors", name="ed")


@pytest.fixture
def publisher(client):
    return log_in(client, "Publishers", name="pub")
