from .entry import AdEntry, CompanyEntry, CvEntry, Entry

__all__ = ["AdEntry", "CompanyEntry", "CvEntry", "Entry"]
