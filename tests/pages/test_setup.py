from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Site

from pages.models import CompanyIndexPage, EditorialPage, HomePage


def test_the_tree_is_in_place(db):
    home = HomePage.objects.get()
    assert home.live
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert CompanyIndexPage.objects.get().get_url() == "/entreprises/"
    slugs = set(EditorialPage.objects.live().values_list("slug", flat=True))
    assert slugs == {
        "mentions-legales",
        "vos-donnees",
        "accessibilite",
        "conditions-generales",
        "magazine",
    }
    assert not Page.objects.filter(slug="home").exists()


def test_a_second_run_changes_nothing(db):
    page = EditorialPage.objects.get(slug="magazine")
    page.lede = "Écrit par la rédaction"
    page.save_revision().publish()
    before = (Page.objects.count(), GroupPagePermission.objects.count())
    call_command("setup_site", verbosity=0)
    assert (Page.objects.count(), GroupPagePermission.objects.count()) == before
    page.refresh_from_db()
    assert page.lede == "Écrit par la rédaction"


def test_the_office_has_its_groups(db):
    for name in ("Commercial", "Rédaction print", "Modération"):
        group = Group.objects.get(name=name)
        assert group.permissions.filter(codename="access_admin").exists()
        assert GroupPagePermission.objects.filter(group=group, page__depth=1).exists()


def test_publishing_needs_no_approval(db):
    assert not HomePage.objects.get().has_workflow
