from .establishment import EstablishmentForm
from .organisation import OrganisationDetailsForm, OrganisationForm
from .person import LinkAgainForm, PersonForm, SignUpForm

__all__ = [
    "EstablishmentForm",
    "LinkAgainForm",
    "OrganisationDetailsForm",
    "OrganisationForm",
    "PersonForm",
    "SignUpForm",
]
