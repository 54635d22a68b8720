from .places import Commune, Department, Region
from .vocabulary import CollectiveAgreement, ContractType, Diploma, Profession, Public, StructureType, Term

__all__ = [
    "CollectiveAgreement",
    "Commune",
    "ContractType",
    "Department",
    "Diploma",
    "Profession",
    "Public",
    "Region",
    "StructureType",
    "Term",
]
