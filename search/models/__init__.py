from .entry import AdEntry, CompanyEntry, CvEntry, Entry
from .vocabulary import SynonymRule, VocabularyVersion

__all__ = ["AdEntry", "CompanyEntry", "CvEntry", "Entry", "SynonymRule", "VocabularyVersion"]
