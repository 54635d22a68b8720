from .application import Application, ApplicationMove, Message
from .candidate import FRESH_FOR, Candidate, Cv, CvAccess

__all__ = ["FRESH_FOR", "Application", "ApplicationMove", "Candidate", "Cv", "CvAccess", "Message"]
