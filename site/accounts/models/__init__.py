from .access_review import AccessReview
from .employer import Employer, Membership
from .invitation import Invitation
from .team_event import TeamEvent
from .user import User

__all__ = ["AccessReview", "Employer", "Invitation", "Membership", "TeamEvent", "User"]
