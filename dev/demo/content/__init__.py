"""The texts of the demonstration: employers, professions, candidates, letters, editorial pages. Pure data, all made up.

Nobody here is real. Telephone numbers come from the ranges that Arcep reserves for fiction, host names from the reserved
`.example`, company numbers from a block that is not given out.
"""

from dev.demo.content import (
    employers_centre_est,
    employers_ile_de_france,
    employers_nord_est,
    employers_ouest,
    employers_sud,
    professions_educatif,
    professions_insertion,
    professions_reeducation,
    professions_social,
    professions_soin,
)
from dev.demo.content.shapes import Employer, Profession

EMPLOYERS: tuple[Employer, ...] = (
    *employers_centre_est.EMPLOYERS,
    *employers_ile_de_france.EMPLOYERS,
    *employers_nord_est.EMPLOYERS,
    *employers_ouest.EMPLOYERS,
    *employers_sud.EMPLOYERS,
)

PROFESSIONS: dict[str, Profession] = {
    profession.key: profession
    for module in (
        professions_educatif,
        professions_social,
        professions_insertion,
        professions_soin,
        professions_reeducation,
    )
    for profession in module.PROFESSIONS
}
