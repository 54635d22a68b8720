"""Numbers that look right and belong to nobody: SIREN, SIRET, telephone."""

from stdnum import luhn

# The first six digits of every SIREN made here. INSEE gives out numbers in sequence, far below.
FICTITIOUS = "999000"

# The ranges that Arcep reserves for works of fiction, by the first two digits.
FICTION_PHONES = {
    "01": "01990",
    "02": "026191",
    "03": "035301",
    "04": "046571",
    "05": "053649",
    "06": "063998",
}

_ZONE_OF_DEPARTMENT = {
    "01": "75 77 78 91 92 93 94 95",
    "02": "14 18 22 27 28 29 35 36 37 41 44 45 49 50 53 56 61 72 76 85 974 976",
    "03": "02 08 10 21 25 39 51 52 54 55 57 58 59 60 62 67 68 70 71 80 88 89 90",
    "04": "01 03 04 05 06 07 11 13 15 2A 2B 26 30 34 38 42 43 48 63 66 69 73 74 83 84",
}


def siren(index: int) -> str:
    """Nine digits with a valid Luhn key, from the fictitious block; `index` from 0 to 99."""
    head = f"{FICTITIOUS}{index:02d}"
    return head + luhn.calc_check_digit(head)


def siret(index: int) -> str:
    """The SIRET of the first establishment of that company: both its keys are valid."""
    head = siren(index) + "0001"
    return head + luhn.calc_check_digit(head)


def phone(department: str, index: int) -> str:
    """A landline number of the department's zone, reserved for fiction: "04 65 71 00 07"."""
    zone = next((zone for zone, codes in _ZONE_OF_DEPARTMENT.items() if department in codes.split()), "05")
    return _grouped(FICTION_PHONES[zone], index)


def mobile(index: int) -> str:
    """A mobile number reserved for fiction."""
    return _grouped(FICTION_PHONES["06"], index)


def _grouped(prefix: str, index: int) -> str:
    digits = prefix + str(index).zfill(10 - len(prefix))
    return " ".join(digits[n : n + 2] for n in range(0, 10, 2))
