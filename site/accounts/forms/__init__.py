from .organisation import OrganisationForm
from .person import LinkAgainForm, PersonForm, SignUpForm

__all__ = ["LinkAgainForm", "OrganisationForm", "PersonForm", "SignUpForm"]
