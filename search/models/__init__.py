from .entry import AdEntry, CompanyEntry, CvEntry, Entry
from .run import IndexRun
from .vocabulary import SynonymRule, VocabularyVersion

__all__ = ["AdEntry", "CompanyEntry", "CvEntry", "Entry", "IndexRun", "SynonymRule", "VocabularyVersion"]
