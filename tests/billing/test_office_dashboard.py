"""The dashboard, accounting's screens, what is done with an issued invoice: figures, links, cost, and who may."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS, Email
from wagtail.models import ModelLogEntry

from billing import carts, checkout, credits, facturx, figures, invoices, orders, quotes, transfers
from billing.accounting.months import Month, last_months
from billing.models import BankEntry, BankStatement, Invoice, InvoicePdf, Offer, Order, Quote, Transmission
from billing.office import accounting
from reference.dates import paris_day
from tests.factories import EmployerFactory, OfferFactory, OfficeUserFactory
from tests.tools import mails_to, run_tasks

pytestmark = pytest.mark.django_db

DASHBOARD = "/gestion/commerce/"
MONTH = Month.current()


@pytest.fixture
def office(client, login, sales):
    return login(client, sales)


@pytest.fixture
def accountant(client, login):
    return login(client, OfficeUserFactory(group="Comptabilité"))


def order_of(employer, *items, by=None) -> Order:
    for offer, quantity in items or [(OfferFactory(), 1)]:
        carts.add(employer, offer, quantity)
    user = employer.memberships.first().user
    return checkout.confirm(employer, carts.cart_of(employer).key, Order.Method.TRANSFER, user)


def paid(sales, *items, employer=None, at=None) -> Order:
    return orders.pay(order_of(employer or EmployerFactory(), *items), by=sales, at=at)


class TestFigures:
    def test_revenue_by_month_kind_and_offer_less_credit_notes(self, sales):
        web, page = OfferFactory(name="Pack"), Offer.objects.get(code="page-marque")
        paid(sales, (web, 2), (page, 1))
        taken_back = paid(sales, (web, 1))
        invoices.credit_note(taken_back.invoices.get(), by=sales)
        paid(
            sales,
            (web, 1),
            at=timezone.make_aware(datetime.combine(MONTH.plus(-1).last, datetime.min.time())),
        )
        found = figures.revenue(last_months(MONTH, 12))
        assert found.of(MONTH, "web") == Decimal("1800.00") and found.of(MONTH, "company_page") == page.price
        assert found.of(MONTH.plus(-1), "web") == Decimal("900.00")
        assert found.total == Decimal("2700.00") + page.price
        assert [(row.name, row.quantity, row.amount) for row in found.offers if row.name == "Pack"] == [
            ("Pack", 3, Decimal("2700.00"))
        ]

    def test_quotes_that_were_ordered_and_that_lapsed(self, ormeaux, recruiter):
        for _ in range(3):
            carts.add(ormeaux, OfferFactory())
            quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter)
            checkout.empty(carts.cart_of(ormeaux))
        first, second, _ = Quote.objects.all()
        quotes.order_quote(first, Order.Method.TRANSFER, recruiter)
        Quote.objects.filter(pk=second.pk).update(valid_until=paris_day() - timedelta(days=1))
        found = figures.conversion(last_months(MONTH, 12))
        assert (found.issued, found.ordered, found.lapsed, found.waiting, found.rate) == (3, 1, 1, 1, 50)
        assert (found.amount, found.ordered_amount) == (Decimal("2700.00"), Decimal("900.00"))
        assert figures.conversion(last_months(MONTH.plus(-12), 12)).rate is None

    def test_credits_outstanding_are_worth_what_was_paid(self, sales, ormeaux):
        paid(sales, (OfferFactory(price=Decimal("900"), quantity=3), 1), employer=ormeaux)
        credits.spend(ormeaux, "web", reference="placement:1", label="Une annonce")
        credits.grant(ormeaux, "web", 5, reference="essai", reason="Geste")
        [web] = figures.outstanding()
        assert (web.quantity, web.value) == (7, Decimal("600.00"))
        assert figures.quantity_of([web]) == (7, Decimal("600.00"))

    def test_each_thing_to_do_is_counted_and_found_by_its_link(self, office, sales, ormeaux, recruiter):
        today = paris_day()
        partial, over, late, long = (order_of(EmployerFactory(), by=sales) for _ in range(4))
        transfers.receive(partial, Decimal("10"), today, sales, sure=True)
        transfers.receive(over, Decimal("2000"), today, sales, sure=True)
        yesterday = today - timedelta(days=1)
        Order.objects.filter(pk=late.pk).update(state=Order.State.ON_INVOICE, pay_by=yesterday)
        Order.objects.filter(pk=long.pk).update(pay_by=yesterday)
        carts.add(ormeaux, OfferFactory())
        quote = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter)
        Quote.objects.update(valid_until=today + timedelta(days=3))
        statement = BankStatement.objects.create(digest="x", name="r.csv", format="csv")
        BankEntry.objects.create(
            statement=statement,
            fingerprint="f",
            booked_on=today,
            amount=Decimal("12"),
            payer="Payeur Inconnu",
        )
        old = paid(sales, at=timezone.now() - timedelta(hours=1)).invoices.get()
        Transmission.objects.create(invoice=old, platform="x", state="refused")
        failed = paid(sales, at=timezone.now() - timedelta(hours=1)).invoices.get()
        Transmission.objects.create(invoice=failed, platform="x", state="failed")
        InvoicePdf.objects.create(invoice=failed, file="a.pdf", mailed_at=timezone.now())
        Email.objects.create(
            from_email="a@x.example", to=["b@perdu.example"], subject="Perdu", status=STATUS.failed
        )
        shown = {
            "virement à rapprocher": "Payeur Inconnu", "virement partiel": partial.number,
            "somme à rendre": over.number,
            "facture échue": late.number, "depuis trop longtemps": long.number, "devis qui expire": quote.number,
            "PDF de facture à faire": old.number, "pas encore envoyée": old.number,
            "e-mail en échec": "b@perdu.example",
            "refusée par son client": old.number, "transmission en échec": failed.number,
        }  # fmt: skip
        lines = office.get(DASHBOARD).context["to_do"]
        assert len(lines) == len(shown)
        for words, wanted in shown.items():
            [line] = [line for line in lines if words in line["words"]]
            page = office.get(line["url"]).text
            assert wanted in page and line["count"] == 1, words
            if line["count"] == 1 and "mails" not in line["url"]:
                assert page.count('data-object-pk="') == 1, words


class TestDashboard:
    def test_it_says_so_while_there_is_nothing(self, office):
        page = office.get(DASHBOARD).text
        for part in ("Rien n’attend", "Rien de facturé", "Aucun devis", "Aucun crédit en cours"):
            assert part in page, part

    def test_the_chart_is_drawn_and_the_table_says_the_same(self, office, sales):
        paid(sales)
        page = office.get(DASHBOARD).text
        assert '<rect class="kind-web"' in page and MONTH.label in page and "900,00" in page
        assert "nan" not in page.lower().split("<svg")[1].split("</svg>")[0]

    def test_any_twelve_months(self, office):
        for value in ("2024-05", "x", "2999-01", ""):
            assert office.get(DASHBOARD, {"fin": value}).status_code == 200
        assert "de juin 2023 à mai 2024" in office.get(DASHBOARD, {"fin": "2024-05"}).text

    def test_it_costs_the_same_with_more_rows(self, office, sales, ormeaux, django_assert_max_num_queries):
        def cost():
            with django_assert_max_num_queries(60) as counted:
                assert office.get(DASHBOARD).status_code == 200
            return len(counted)

        paid(sales, employer=ormeaux)
        cost()
        before = cost()
        for _ in range(4):
            invoices.credit_note(paid(sales).invoices.get(), by=sales)
            paid(sales, (Offer.objects.get(code="page-marque"), 1))
        assert cost() <= before <= 30

    def test_the_menu_leads_there(self, office):
        assert f'"{DASHBOARD}"' in office.get(reverse("wagtailadmin_home")).text.replace("&quot;", '"')


class TestAccounting:
    PAGE, FILE, VAT = (reverse(f"billing_office_{name}") for name in ("accounting", "fec", "vat"))

    def test_a_month_adds_up_and_its_file_is_logged(self, accountant, sales):
        order = paid(sales)
        page = accountant.get(self.PAGE)
        assert page.context["debit"] == page.context["credit"] == Decimal("1080.00")
        assert "Exporté le" not in page.text
        answer = accountant.get(self.FILE, {"mois": MONTH.key})
        text = answer.getvalue().decode()
        assert order.invoices.get().number in text and text.count("\r\n") == 4
        assert answer["Content-Disposition"] == f'attachment; filename="ecritures-{MONTH.key}.txt"'
        assert ModelLogEntry.objects.get(action=accounting.ACTION).data == {"month": MONTH.key}
        assert "Exporté le" in accountant.get(self.PAGE).text
        paid(sales)
        assert "exportez-le à nouveau" in accountant.get(self.PAGE).text
        assert "Aucune écriture" in accountant.get(self.PAGE, {"mois": "2020-01"}).text

    def test_vat_on_screen_and_as_files(self, accountant, sales):
        paid(sales)
        paid(sales, employer=EmployerFactory(postcode="97200"))
        page = accountant.get(self.VAT, {"de": MONTH.plus(-2).key, "a": MONTH.key})
        assert (page.context["base"], page.context["vat"]) == (Decimal("1800.00"), Decimal("256.50"))
        assert "Guadeloupe" in page.text
        rows = accountant.get(self.VAT, {"export": "csv"}).getvalue().decode().splitlines()
        assert len(rows) == 3 and "900,00;180,00;1080,00" in rows[1]
        assert accountant.get(self.VAT, {"export": "xlsx"}).getvalue()[:2] == b"PK"
        assert accountant.get(self.VAT, {"de": "2001-01", "a": "x"}).status_code == 200
        assert "Rien de facturé" in accountant.get(self.VAT, {"de": "2020-01", "a": "2020-02"}).text


class TestInvoice:
    @pytest.fixture
    def invoice(self, sales, ormeaux) -> Invoice:
        invoice = paid(sales, employer=ormeaux).invoices.get()
        run_tasks()
        return invoice

    def address(self, name, invoice):
        return reverse(f"billing_office_{name}", args=[invoice.pk])

    def test_its_xml_is_the_one_of_the_pdf(self, office, invoice):
        answer = office.get(self.address("invoice_xml", invoice))
        assert (
            answer.content == facturx.invoice_xml(invoice) and answer["X-Content-Type-Options"] == "nosniff"
        )

    def test_it_is_mailed_again_and_that_is_logged(self, office, invoice, sales):
        answer = office.post(
            self.address("invoice_send", invoice), {"recipient": "compta@ormeaux.example"}, follow=True
        )
        assert "part par e-mail à compta@ormeaux.example" in answer.text
        [mail] = mails_to("compta@ormeaux.example")
        assert mail.attachments[0][0] == f"{invoice.number}.pdf"
        entry = ModelLogEntry.objects.get(action="billing.invoice_sent")
        assert (entry.user, entry.data) == (sales, {"to": "compta@ormeaux.example"})
        assert office.post(self.address("invoice_send", invoice), {"recipient": "x"}).status_code == 422

    def test_it_is_handed_over_again(self, office, invoice, settings, tmp_path, sales):
        assert office.post(self.address("transmit", invoice)).status_code == 422, "no platform"
        settings.EINVOICE_PLATFORM, settings.EINVOICE_FOLDER = "folder", str(tmp_path)
        sheet = reverse("commerce_factures_modeladmin_inspect", args=[invoice.pk])
        assert self.address("transmit", invoice) in office.get(sheet).text
        office.post(self.address("transmit", invoice))
        run_tasks()
        page = office.get(sheet).text
        assert "À transmettre → Transmise" in page and self.address("transmit", invoice) not in page
        assert ModelLogEntry.objects.filter(action="billing.invoice_transmitted", user=sales).exists()

    def test_who_gets_no_e_invoice_is_reported(self, office, sales):
        invoice = paid(sales, employer=EmployerFactory(vat_status="hors_champ")).invoices.get()
        assert (
            "E-reporting"
            in office.get(reverse("commerce_factures_modeladmin_inspect", args=[invoice.pk])).text
        )

    def test_a_mail_that_failed_goes_again_once(self, office, sales):
        mail = Email.objects.create(
            from_email="a@x.example",
            to=["b@x.example"],
            subject="Perdu",
            status=STATUS.failed,
            message="secret",
        )
        address = reverse("billing_office_mail_again", args=[mail.pk])
        assert "secret" not in office.get(reverse("commerce_mails_modeladmin_index")).text
        office.post(address)
        mail.refresh_from_db()
        assert mail.status == STATUS.queued and office.post(address).status_code == 404
        assert ModelLogEntry.objects.filter(action="billing.mail_sent", user=sales).count() == 1


@pytest.mark.permissions
def test_each_role_has_its_screens(
    client, login, sales, administrator, editor, recruiter, stranger, candidate_user
):
    invoice = paid(sales).invoices.get()
    mail = Email.objects.create(
        from_email="a@x.example", to=["b@x.example"], subject="x", status=STATUS.failed
    )
    both = [
        "billing_office_dashboard",
        "commerce_transmissions_modeladmin_index",
        "commerce_mails_modeladmin_index",
    ]
    with_invoice = ["invoice_xml", "invoice_send", "transmit", "invoice_pdf"]
    addresses = {reverse(name): {"sales", "accounting", "administrator"} for name in both}
    addresses |= {
        reverse(f"billing_office_{name}", args=[invoice.pk]): {"sales", "accounting", "administrator"}
        for name in with_invoice
    }
    addresses[reverse("billing_office_mail_again", args=[mail.pk])] = {"sales", "accounting", "administrator"}
    addresses |= {
        reverse(f"billing_office_{name}"): {"accounting", "administrator"}
        for name in ("accounting", "fec", "vat")
    }
    people = {
        "sales": sales, "accounting": OfficeUserFactory(group="Comptabilité"), "administrator": administrator,
        "editor": editor, "recruiter": recruiter, "stranger": stranger, "candidate": candidate_user,
    }  # fmt: skip
    wrong = []
    for who, person in people.items():
        login(client, person)
        for address, may in addresses.items():
            code = client.get(address).status_code
            right = {200} if who in may else {302, 403} if who in ("sales", "editor") else {404}
            if code not in right:
                wrong.append((who, address, code))
            if who not in may and client.post(address).status_code not in right | {405}:
                wrong.append((who, address, "post"))
    client.logout()
    wrong += [address for address in addresses if client.get(address).status_code != 302]
    assert not wrong
    login(client, sales)
    for name in ("invoice_xml", "invoice_send", "transmit", "mail_again"):
        assert client.get(reverse(f"billing_office_{name}", args=[999999])).status_code == 404
