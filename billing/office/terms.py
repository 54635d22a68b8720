"""Customers who pay on invoice (G18): the order that the office makes for them, what was agreed with them."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts.models import Employer
from billing import identity, orders, terms
from billing.models import Order

from .actions import ask, customer_page, needs, office_action, order_page, posted
from .money_forms import OrderForm, TermsForm

#: Customers shown when one is searched for.
FOUND = 20


@needs("billing.add_order")
@require_safe
def choose_customer(request: HttpRequest) -> HttpResponse:
    """Whom the order on invoice, or the quote, is for: those who pay on invoice, or whoever is searched for."""
    query = request.GET.get("q", "").strip()[:100]
    is_quote = request.path == reverse("billing_office_quote_customer")
    found = Employer.objects.all() if is_quote else Employer.objects.filter(pays_on_invoice=True)
    if query:
        found = Employer.objects.filter(
            Q(legal_name__icontains=query) | Q(siret__startswith=query) | Q(city__icontains=query)
        )
    rows = list(found.order_by("-pays_on_invoice", "legal_name", "pk")[: FOUND + 1])
    to = "billing_office_quote_for" if is_quote else "billing_office_order_on_invoice"
    context = {
        "query": query,
        "customers": [{"row": row, "url": reverse(to, args=[row.pk])} for row in rows[:FOUND]],
        "more": len(rows) > FOUND,
        "shown": FOUND,
        "title": "Nouveau devis" if is_quote else "Commande sur facture",
    }
    return render(request, "billing/office/choose_customer.html", context)


@office_action("billing.add_order")
def order_on_invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """Order for a customer who pays on invoice: delivered and invoiced at once, paid later."""
    employer = get_object_or_404(Employer, pk=pk)
    form = OrderForm(posted(request), employer=employer)
    if form.is_valid():
        try:
            order = _place(employer, form, request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Commande {order.number} enregistrée\u202f: livrée, facture envoyée.")
            return redirect(order_page(order))
    limit, owed = terms.limit_of(employer), terms.outstanding(employer)
    return ask(
        request,
        form,
        "order_on_invoice",
        employer=employer,
        faults=identity.faults(employer),
        limit=limit,
        owed=owed,
        left=max(limit - owed, 0),
        days=terms.days_to_pay(employer),
        back=customer_page(employer),
    )


def _place(employer: Employer, form: OrderForm, user) -> Order:
    if not employer.pays_on_invoice:
        raise ValidationError(
            "Ce client ne paie pas sur facture. Cochez «\u00a0paie sur facture\u00a0» dans ses conditions si c’est "
            "convenu."
        )
    data = form.cleaned_data
    # The key counts for this customer: the page sent again for another one is another order.
    key = uuid.uuid5(data["key"], str(employer.pk))
    return orders.order_on_invoice(
        employer,
        form.items,
        user,
        purchase_order_number=data["purchase_order_number"],
        key=key,
        discount_code=data["discount_code"],
    )


@office_action("billing.change_customerterms")
def customer_terms(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed with a customer: whether it pays on invoice, within how many days, up to what."""
    employer = get_object_or_404(Employer, pk=pk)
    form = TermsForm(posted(request), employer=employer)
    if form.is_valid():
        with transaction.atomic():
            # Two people at once: each whole, and an order on invoice reads one or the other.
            orders.lock_employer(employer)
            form.save()
            employer.pays_on_invoice = form.cleaned_data["pays_on_invoice"]
            employer.save(update_fields=["pays_on_invoice"])
            said = {name: str(form.cleaned_data[name]) for name in form.changed_data}
            log(instance=employer, action="billing.terms", user=request.user, data=said)
        messages.success(request, f"Les conditions de {employer} sont enregistrées.")
        return redirect(customer_page(employer))
    return ask(
        request,
        form,
        "terms",
        employer=employer,
        limit=terms.limit_of(employer),
        owed=terms.outstanding(employer),
        days=terms.days_to_pay(employer),
        back=customer_page(employer),
    )
