from pages.magazine.models import InsertMove, MagazineIssue, PrintInsert

from .ad import JobAd
from .ad_model import AdModel
from .ad_question import ScreeningQuestion
from .ad_rules import AdRules
from .company import CompanyIndexPage, CompanyPage, CompanyPhoto
from .contact import ContactMessage
from .editorial import EditorialPage, HomePage
from .placement import Placement
from .review import ReviewSettings, ReviewTask
from .statistics import AdDay
from .tier_warning import TierWarning

__all__ = [
    "AdDay",
    "AdModel",
    "AdRules",
    "CompanyIndexPage",
    "CompanyPage",
    "CompanyPhoto",
    "ContactMessage",
    "EditorialPage",
    "HomePage",
    "InsertMove",
    "JobAd",
    "MagazineIssue",
    "Placement",
    "PrintInsert",
    "ReviewSettings",
    "ReviewTask",
    "ScreeningQuestion",
    "TierWarning",
]
