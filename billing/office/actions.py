"""What the office's actions share: who may, at what pace, where they lead back to, how they ask."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.forms.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import Employer
from accounts.ratelimits import limited
from billing.models import Invoice, Order, Quote


def needs(permission: str) -> Callable:
    """Refuse whoever lacks the permission, before anything is looked for."""

    def decorator(view: Callable) -> Callable:
        @wraps(view)
        def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapper

    return decorator


def office_action(permission: str) -> Callable:
    """A view that asks (GET) and does (POST), for those who hold the permission, at a person's pace."""

    def decorator(view: Callable) -> Callable:
        view = require_http_methods(["GET", "HEAD", "POST"])(view)
        return needs(permission)(limited("office", "120/m/user")(view))

    return decorator


def order_page(order: Order) -> str:
    """The sheet of an order."""
    return reverse("commerce_commandes_modeladmin_inspect", args=[order.pk])


def invoice_page(invoice: Invoice) -> str:
    """The sheet of an invoice."""
    return reverse("commerce_factures_modeladmin_inspect", args=[invoice.pk])


def customer_page(employer: Employer) -> str:
    """The sheet of a customer."""
    return reverse("commerce_clients_modeladmin_inspect", args=[employer.pk])


def quote_page(quote: Quote) -> str:
    """The sheet of a quote."""
    return reverse("commerce_devis_modeladmin_inspect", args=[quote.pk])


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, nothing while it is only looked at."""
    return request.POST if request.method == "POST" else None


def ask(request: HttpRequest, form: BaseForm, template: str = "action", **context) -> HttpResponse:
    """The page of an action; 422 once what was sent is refused. `context`: `title`, `button`, `back` and the like."""
    status = 422 if form.is_bound else 200
    return render(request, f"billing/office/{template}.html", {"form": form, **context}, status=status)
