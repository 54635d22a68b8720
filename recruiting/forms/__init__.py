from .apply import ApplyForm
from .filters import ApplicationFilters
from .messages import MessageForm
from .profile import CvForm, LibraryForm, ProfileForm

__all__ = ["ApplicationFilters", "ApplyForm", "CvForm", "LibraryForm", "MessageForm", "ProfileForm"]
