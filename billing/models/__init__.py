from .cart import Cart, CartLine
from .credit import CreditLot, CreditMovement, CreditWarning
from .delays import DelaySettings
from .discount import DiscountCode
from .document import BuyerIdentity
from .entitlement import Entitlement
from .invoice import Invoice, InvoiceLine, InvoicePdf, NumberSeries
from .offer import Offer, PrintFormat
from .order import Order, OrderLine, OrderMove
from .payment import Payment, PaymentEvent
from .quote import Quote, QuoteLine
from .seller import AccountingSettings, PenaltyRate, SellerSettings
from .statement import BankEntry, BankStatement
from .terms import CustomerTerms
from .transfer import Transfer, TransferReturn
from .transmission import Transmission, TransmissionMove
from .vat import VatCategory, VatRule, Zone

__all__ = [
    "AccountingSettings",
    "BankEntry",
    "BankStatement",
    "BuyerIdentity",
    "Cart",
    "CartLine",
    "CreditLot",
    "CreditMovement",
    "CreditWarning",
    "CustomerTerms",
    "DelaySettings",
    "DiscountCode",
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
    "PaymentEvent",
    "PenaltyRate",
    "PrintFormat",
    "Quote",
    "QuoteLine",
    "SellerSettings",
    "Transfer",
    "TransferReturn",
    "Transmission",
    "TransmissionMove",
    "VatCategory",
    "VatRule",
    "Zone",
]
