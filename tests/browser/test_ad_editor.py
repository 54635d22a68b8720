"""Writing an ad in a browser: steps that say what is missing, links into the fields, wordings, the insert's room."""

import re

import pytest
from playwright.sync_api import expect

from pages import ads
from tests.factories import CreditLotFactory, JobAdFactory

from .conftest import DESK, PHONE
from .people import button, choose_commune, log_in, publish, tab, write_rich_text

pytestmark = pytest.mark.browser


def editor(page, recruiter, ad):
    log_in(page, recruiter.email)
    page.goto(f"/gestion/pages/{ad.pk}/edit/")
    return page


def mark(page, name: str):
    return page.get_by_role("tab", name=re.compile(re.escape(name)))


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_missing_field_is_one_click_away(new_page, worker, recruiter, ormeaux, viewport):
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    ad.contract_type = ad.profession = None
    ad.save_revision(clean=False)
    page = editor(new_page(viewport), recruiter, ad)
    expect(mark(page, "3. Les conditions")).to_contain_text("1 à compléter")
    expect(mark(page, "2. Le profil")).to_contain_text("complet")
    publish(page, "Publier l’annonce")
    summary = page.get_by_role("alert").filter(has_text="L’annonce n’est pas encore publiée")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Choisissez le type de contrat.")
    summary.get_by_role("link", name="Type de contrat").click()
    contract = page.locator("select[name=contract_type]")
    expect(contract).to_be_focused()
    contract.select_option(index=1)
    expect(mark(page, "3. Les conditions")).to_contain_text("complet")
    summary.get_by_role("link", name="Métier").click()
    expect(page.locator("select[name=profession]")).to_be_focused()
    page.locator("select[name=profession]").select_option(index=3)
    expect(page.get_by_role("heading", name="L’annonce est prête à être publiée")).to_be_visible()
    publish(page, "Publier l’annonce")
    ad.refresh_from_db()
    assert ad.live


def test_a_way_of_applying_asks_for_what_it_needs_alone(new_page, recruiter, ormeaux):
    page = editor(new_page(), recruiter, JobAdFactory(employer=ormeaux))
    tab(page, "4. Les candidatures")
    address, mail = page.locator("input[name=apply_url]"), page.locator("input[name=apply_email]")
    expect(address).to_be_hidden()
    expect(mail).to_be_hidden()
    choice = page.locator("select[name=apply_mode]")
    choice.select_option("lien")
    expect(address).to_be_visible()
    expect(mail).to_be_hidden()
    choice.select_option("mail")
    expect(mail).to_be_visible()
    expect(address).to_be_hidden()


def test_the_marks_follow_what_is_written(new_page, worker, recruiter, ormeaux):
    draft = ads.create_draft(ormeaux, recruiter, "web")
    draft.commune = None
    draft.save_revision(clean=False)
    page = editor(new_page(), recruiter, draft)
    first = page.locator("[data-ad-step='0']")
    expect(first).to_contain_text("Intitulé du poste")
    page.locator("input[name=title]").fill("Chef de service F/H")
    expect(first).not_to_contain_text("Intitulé du poste")
    first.get_by_role("link", name="Missions").click()
    expect(page.locator("[data-contentpath=missions] [contenteditable=true]")).to_be_focused()
    write_rich_text(page, "missions", "Conduire une équipe.")
    expect(first).not_to_contain_text("Missions")
    first.get_by_role("link", name="Commune du poste").click()
    choose_commune(page, "Villeurbanne")
    expect(first).not_to_contain_text("Commune du poste")


def test_a_doubtful_wording_is_read_then_kept(new_page, worker, recruiter, ormeaux):
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux, profile="<p>Non fumeur de préférence.</p>")
    page = editor(new_page(), recruiter, ad)
    findings = page.get_by_role("region", name="Mentions à relire")
    expect(findings).to_contain_text("« Non fumeur »")
    publish(page, "Publier l’annonce")
    expect(page.locator("body")).to_contain_text("corrigez-les, ou cochez la case")
    page.get_by_label("J’ai relu ces mentions").check()
    publish(page, "Publier l’annonce")
    ad.refresh_from_db()
    assert ad.live
    assert ad.confirmed_warnings == ["moeurs:non fumeur"]


def test_the_insert_says_how_much_room_is_left(new_page, worker, recruiter, ormeaux):
    ad = JobAdFactory(
        employer=ormeaux,
        kind="web_print",
        print_format="1-8",
        print_text="Venez.",
        title="Éducateur spécialisé F/H, internat et accueil de jour, " * 3,
    )
    page = editor(new_page(), recruiter, ad)
    tab(page, "5. Le magazine")
    text = page.locator("textarea[name=print_text]")
    expect(page.locator("[data-ad-count]")).to_have_text("Encore 594 signes sur 600.")
    expect(page.get_by_role("status").filter(has_text="tient")).to_have_text("Le texte tient dans ce format.")
    text.fill("Établissement d’accueil " * 24)
    expect(page.locator("[data-ad-count]")).to_have_text("Encore 24 signes sur 600.")
    expect(page.locator("[data-ad-fit]")).to_contain_text("ne tient pas")
    text.fill("a" * 601)
    expect(page.locator("[data-ad-count]")).to_have_text("Encore 0 signe sur 600.")


def test_a_question_is_added_answered_and_read(new_page, worker, recruiter, ormeaux):
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    page = editor(new_page(), recruiter, ad)
    tab(page, "4. Les candidatures")
    button(page, re.compile("Ajouter.*question", re.IGNORECASE)).click()
    page.locator("input[name=questions-0-text]").fill("Avez-vous déjà travaillé de nuit ?")
    publish(page, "Publier l’annonce")
    visitor = new_page()
    visitor.goto(f"/postuler/{ad.pk}/")
    expect(visitor.get_by_label("Avez-vous déjà travaillé de nuit")).to_be_visible()
