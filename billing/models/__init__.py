from .cart import Cart, CartLine
from .credit import CreditLot, CreditMovement
from .entitlement import Entitlement
from .invoice import Invoice, InvoiceLine, InvoicePdf, NumberSeries
from .offer import Offer, PrintFormat
from .order import Order, OrderLine, OrderMove
from .payment import Payment, Transfer
from .quote import Quote, QuoteLine

__all__ = [
    "Cart",
    "CartLine",
    "CreditLot",
    "CreditMovement",
    "Entitlement",
    "Invoice",
    "InvoiceLine",
    "InvoicePdf",
    "NumberSeries",
    "Offer",
    "Order",
    "OrderLine",
    "OrderMove",
    "Payment",
    "PrintFormat",
    "Quote",
    "QuoteLine",
    "Transfer",
]
