"""Factories: objects as the services make them, with what a test does not care about filled in."""

from .accounts import EmployerFactory, EstablishmentFactory, MembershipFactory, OfficeUserFactory, UserFactory
from .billing import CreditLotFactory, OfferFactory, OrderFactory
from .pages import CompanyPageFactory, JobAdFactory
from .recruiting import ApplicationFactory, CandidateFactory, CvFactory, pdf_bytes

__all__ = [
    "ApplicationFactory",
    "CandidateFactory",
    "CompanyPageFactory",
    "CreditLotFactory",
    "CvFactory",
    "EmployerFactory",
    "EstablishmentFactory",
    "JobAdFactory",
    "MembershipFactory",
    "OfferFactory",
    "OfficeUserFactory",
    "OrderFactory",
    "UserFactory",
    "pdf_bytes",
]
