"""What the tests of the admin share: who is logged in, addresses, messages."""

from django.contrib.auth.models import Group, User
from django.urls import reverse


def log_in(client, *roles, name="someone", superuser=False):
    user = User.objects.create_user(name, is_staff=True, is_superuser=superuser)
    user.groups.set(Group.objects.filter(name__in=roles))
    client.force_login(user)
    client.user = user
    return client


def at(row, view="change", *args):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{view}", args=[row.pk, *args])


def of(model, view):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}")


def said(response):
    return [str(message) for message in response.context["messages"]]
