import stat

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_the_accounts_can_log_in_with_the_passwords_kept_for_the_owner_alone(data_dir, capsys):
    call_command("demo_accounts")
    kept = data_dir / "demo-accounts"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    printed = capsys.readouterr().out
    for line in kept.read_text().splitlines():
        name, password = line.split()
        assert authenticate(username=name, password=password).is_staff
        assert password in printed
    assert set(User.objects.values_list("username", flat=True)) == {"editor", "publisher"}
    assert not User.objects.filter(is_superuser=True).exists()


def test_they_hold_their_roles():
    call_command("demo_accounts", verbosity=0)
    roles = dict(User.objects.values_list("username", "groups__name"))
    assert roles == {"editor": "Editors", "publisher": "Publishers"}


def test_a_second_run_changes_no_password(data_dir):
    call_command("demo_accounts", verbosity=0)
    before = (data_dir / "demo-accounts").read_text()
    call_command("demo_accounts", verbosity=0)
    assert (data_dir / "demo-accounts").read_text() == before


def test_an_account_made_by_hand_is_left_alone(data_dir, capsys):
    User.objects.create_user("editor", password="chosen by a person")
    call_command("demo_accounts")
    assert authenticate(username="editor", password="chosen by a person")
    assert "made by hand" in capsys.readouterr().out


def test_production_gets_none(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="trying"):
        call_command("demo_accounts")
