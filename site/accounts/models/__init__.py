from .employer import Employer, Membership
from .user import User

__all__ = ["Employer", "Membership", "User"]
