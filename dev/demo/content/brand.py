"""Figures and testimonials of the paid company pages."""

FIGURES = (
    (("94 %", "des salariés en CDI"), ("5 jours", "de formation par an")),
    (("8 ans", "d’ancienneté moyenne"), ("1 sur 3", "week-end travaillé")),
    (("2 mois", "de planning connu d’avance"), ("12", "collègues par équipe, au plus")),
    (("100 %", "de reprise d’ancienneté"), ("3 jours", "d’intégration")),
)

TESTIMONIALS = (
    (
        "Je suis arrivée pour un remplacement de trois mois. C’était il y a neuf ans. Ce qui m’a fait rester ? On me demande mon avis, et il arrive qu’on le suive.",
        "Samira, éducatrice spécialisée",
    ),
    (
        "Le premier jour, mon tuteur m’a donné une clé, un café et son numéro personnel. J’ai su que je pourrais poser toutes mes questions.",
        "Loïc, moniteur éducateur",
    ),
    (
        "Nos écrits sont relus à plusieurs. Au début cela m’agaçait, maintenant je ne saurais plus faire autrement : les familles comprennent ce que nous écrivons.",
        "Hélène, assistante de service social",
    ),
    (
        "J’ai passé mon diplôme ici, sur mon temps de travail, à quarante-six ans. Mes enfants ont encadré la photo.",
        "Fatou, aide-soignante",
    ),
    (
        "Quand une situation nous dépasse, la cheffe de service vient. Pas un courriel : elle vient.",
        "Mehdi, éducateur de prévention",
    ),
)

#: What is read below the photos of a gallery, in the order of the drawn scenes.
GALLERY = (
    "Vu de la salle de pause, les jours clairs",
    "La grande maison, rénovée avec les résidents",
    "Le jardin, où se tient la moitié des réunions",
    "À cinq minutes à pied du tramway",
)

#: A freely licensed film stands in for the employer's own.
VIDEO = {
    "address": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
    "title": "Une journée avec nos équipes",
    "transcript": "Film d’exemple sous licence libre (Big Buck Bunny, Blender Foundation), sans paroles.",
}
