from .access_review import AccessReview
from .data_export import DataExport
from .employer import Employer, Membership
from .establishment import Establishment
from .invitation import Invitation
from .notification import NotificationChoice
from .team_event import TeamEvent
from .user import User

__all__ = [
    "AccessReview",
    "DataExport",
    "Employer",
    "Establishment",
    "Invitation",
    "Membership",
    "NotificationChoice",
    "TeamEvent",
    "User",
]
