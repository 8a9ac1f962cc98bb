"""Seeded French sentences of teachers: with contacts hidden in them, with names, with neither."""

import random
from dataclasses import dataclass

LOCAL = ["marie.durand", "p_martin", "vie-scolaire", "Lea.Petit75", "m.d", "contact+svt"]
DOMAINS = [("ac-lille", "fr"), ("gmail", "com"), ("orange", "fr"), ("exemple-college", "net")]
AROUND = [
    "Pour la suite, écrire à {} avant lundi.",
    "Le groupe 3 a noté {} sur la fiche.",
    "{} : c’est là que les élèves envoient leurs mesures.",
    "Les élèves ont filmé (voir {}), puis comparé.",
    "Un parent propose son aide, {}\net viendra jeudi.",
    "Coordonnées à garder :{}.",
]
UNITS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
WORDS = [*UNITS.split(), "seize", "dix-sept", "dix-huit", "dix-neuf"]
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}


def in_words(number: int) -> str:
    """« soixante-dix-huit », as it is said in France."""
    if number < 20:
        return WORDS[number]
    ten, unit = number // 10 * 10, number % 10
    if ten in (70, 90):
        base = "soixante" if ten == 70 else "quatre-vingt"
        return f"{base}-{'et-onze' if number == 71 else in_words(10 + unit)}"
    base = "quatre-vingt" if ten == 80 else TENS[ten]
    if not unit:
        return f"{base}s" if ten == 80 else base
    return f"{base}-et-un" if unit == 1 and ten != 80 else f"{base}-{WORDS[unit]}"


def _pairs(draw: random.Random) -> list[int]:
    return [draw.choice([1, 2, 3, 4, 5, 6, 7, 9]), *(draw.randrange(100) for _ in range(4))]


def telephone(draw: random.Random) -> str:
    """A French number, in one of the ways in which it is written or hidden."""
    first, *others = _pairs(draw)
    pairs = [f"0{first}", *(f"{one:02d}" for one in others)]
    rest = [str(first), *pairs[1:]]
    said = [f"zéro {in_words(first)}"]
    said += [f"zéro {in_words(one)}" if one < 10 else in_words(one) for one in others]
    ways = [
        *(mark.join(pairs) for mark in (" ", ".", "-", "/", "_", "", "\u00a0", " . ", ", ", " - ")),
        f"+33 {' '.join(rest)}",
        f"+33{''.join(rest)}",
        f"+33 (0){' '.join(rest)}",
        f"0033 {'.'.join(rest)}",
        f"00 33 {' '.join(rest)}",
        f"({pairs[0]}) {' '.join(pairs[1:])}",
        f"{pairs[0]}{pairs[1]} {pairs[2]}{pairs[3]} {pairs[4]}",
        f"{pairs[0]} {pairs[1]}{pairs[2][0]} {pairs[2][1]}{pairs[3]} {pairs[4]}",
        " ".join("".join(pairs)),
        " ".join(said),
        ", ".join(said),
        "-".join(said).replace(" ", "-"),
        " ".join(said).upper(),
        f"plus trente-trois {' '.join(said).removeprefix('zéro ')}",
        f"{pairs[0]} {said[1]} {pairs[2]} {said[3]} {pairs[4]}",
        f"O{first} {' '.join(pairs[1:])}",
        " ".join(pairs).translate({48 + n: 0xFF10 + n for n in range(10)}),
        "\u200b".join(pairs),
        "\n".join(pairs),
        f"tél. {' '.join(rest)}",
    ]
    return draw.choice(ways)


def address(draw: random.Random) -> str:
    """An e-mail address, in one of the ways in which it is written or hidden."""
    local, (house, ending) = draw.choice(LOCAL), draw.choice(DOMAINS)
    ways = [
        f"{local}@{house}.{ending}",
        f"{local} @ {house}.{ending}",
        f"{local}＠{house}.{ending}",
        f"{local}%40{house}.{ending}",
        f"{local}&#64;{house}.{ending}",
        f"{local}\u200b@\u200b{house}.{ending}",
        f"{local}@{house}",
        f"mailto:{local}@{house}.{ending}",
        f"{local.upper()}@{house.upper()}.{ending.upper()}",
        *(f"{local} {sign} {house}.{ending}" for sign in ("(at)", "[at]", "{at}", "(@)", "<at>")),
        f"{local}(at){house}(point){ending}",
        f"{local} [arobase] {house} [point] {ending}",
        f"{local} (at) {house}",
        f"{local} arobase {house} point {ending}",
        f"{local} at {house} dot {ending}",
        f"{local} AROBASE {house}.{ending}",
        f"{local} arobas {house}.{ending}",
        f"{local.replace('.', ' point ')} arobase {house.replace('-', ' tiret ')} point {ending}",
        f"{local}_at_{house}.{ending}",
        f"{local} à {house} point {ending}",
    ]
    return draw.choice(ways)


def with_contacts(seed: int, count: int) -> list[str]:
    """As many sentences, each with an address or a telephone number, by halves."""
    draw = random.Random(seed)
    makers = (address, telephone)
    return [draw.choice(AROUND).format(makers[n % 2](draw)) for n in range(count)]


PLAIN = [
    "{n} groupes sur {m} ont repris leurs mesures après la comparaison.",
    "Mesures : {a},{b} cm, {b},{a} cm et {n},{m} cm.",
    "Mesures : {a},{b} {b},{a} {a},{a} {b},{b} {a},0.",
    "Séances des 0{a}/04/2027, 1{b}/04/2027 et 19/05/2027, de 08 h 10 à 09 h 05.",
    "Les élèves comptent : 0, 1, 2, 3, 4, 5, 6, 7, 8, 9.",
    "Ils récitent zéro un deux trois quatre cinq six sept huit neuf.",
    "La touche arobase du clavier leur pose problème {n} fois.",
    "Rendez-vous @ {n} h en salle 2{a}.",
    "La page https://www.geogebra.org/m/abcd{n}{m} s’ouvre sur {n} postes.",
    "Le 2027-0{a}-1{b}, exercice {n}, questions {a} à {b}, page 1{n}.",
    "Le robot avance de {n}0 cm, tourne de 90 degrés, puis recule de {m} cm.",
    "Températures relevées : 0{a} °C, 1{b} °C, {n} °C, {m} °C, 16 °C.",
    "{n} {m}00 000 vues et 1 250 000 abonnés en 2026-2027.",
    "Quatre élèves sur vingt-quatre finissent ; six autres demandent dix minutes.",
    "Ils vont à eduscol.education.fr lire le programme, chapitre {n}.",
    "Un score de {a}/{b}, puis de {b}/{a} ; moyenne {n},{m} sur 20.",
    "Ils lisent « look at the picture. Then stop » à voix haute.",
]


def without_contacts(seed: int, count: int) -> list[str]:
    """Ordinary sentences, with the numbers and the words that may be taken for contacts."""
    draw = random.Random(seed)
    return [
        draw.choice(PLAIN).format(
            n=draw.randrange(2, 12), m=draw.randrange(12, 30),
            a=draw.randrange(1, 9), b=draw.randrange(1, 9),
        )
        for _ in range(count)
    ]  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """A sentence, and the words that should be hinted in it."""

    text: str
    names: frozenset[str]
    health: frozenset[str]


KNOWN = [
    "Léa",
    "Kylian",
    "Inès",
    "Mathis",
    "Chloé",
    "Yanis",
    "Jean-Paul",
    "Aya",
    "Théo",
    "Manon",
    "Lucas",
    "Fatoumata",
    "Noémie",
]
RARE = [
    "Zéphyrin",
    "Ysaline",
    "Keziah",
    "Malo",
    "Ulrich",
    "Népomucène",
    "Tymoté",
    "Oriane",
    "Wilfried",
    "Sixtine",
]
FAMILY = ["Durand", "Lefebvre", "Nguyen", "Benali", "Ferreira", "Kowalski", "Goffic"]
NAMED = [
    ("{k} a repris sa mesure avec {r}.", "kr"),
    ("{k} et {l} expliquent l’écart au tableau.", "kl"),
    ("L’élève {r} confond masse et volume.", "r"),
    ("J’ai vu {k} recommencer trois fois.", "k"),
    ("Mme {f} a observé la séance.", "f"),
    ("M. {f} et {k} rangent le matériel.", "fk"),
    ("C’est {r} qui propose de filmer.", "r"),
    ("Le groupe de {k} finit le premier.", "k"),
    ("Une élève prénommée {r} relit la consigne à {k}.", "rk"),
    ("Bravo à {r}, qui a aidé {k} !", "rk"),
    ("« Je ne sais pas », répond {k}.", "k"),
    ("{r} demande une autre balance.", "r"),
]
UNNAMED = [
    "Le collège Jean Moulin a prêté douze tablettes.",
    "Ils lisent un extrait de Victor Hugo, puis de Marie Curie.",
    "Le théorème de Thalès est cité par deux groupes.",
    "Avec GeoGebra, ils tracent ; avec Scratch, ils programment.",
    "Louis XIV et la cour de Versailles servent d’exemple.",
    "Lundi, la classe de 5e a travaillé au CDI.",
    "Trois groupes se trompent d’unité, un seul s’en aperçoit.",
    "En Bretagne comme à Lille, les mesures diffèrent.",
    "Pix et Canva sont utilisés sans aide.",
    "La Terre, la Lune et Mars sont placées dans l’ordre.",
    "Florence et Venise sont repérées sur la carte.",
    "Les élèves comparent une pierre et un grain de blé.",
    "Jade, quartz et calcaire sont triés par dureté.",
    "Le personnage de Charlie est décrit à l’oral.",
    "L’expérience de Pascal est refaite avec une colonne d’eau.",
    "Olivier, chêne et hêtre sont reconnus à leurs feuilles.",
    "Roland-Garros sert d’exemple pour les statistiques.",
    "Le général de Gaulle parle à Londres.",
    "Un exposé présente Rosa Parks et Nelson Mandela.",
    "Sous Charles Quint, les cartes changent.",
]
UNHEALTHY = [
    ("Un élève dyslexique utilise la dictée vocale.", "dyslexique"),
    ("L’AESH relit la consigne à l’oral.", "AESH"),
    ("Deux élèves avec un PAP ont eu plus de temps.", "PAP"),
    ("Une élève malentendante suit avec les sous-titres.", "malentendante"),
    ("Il prend un médicament et se repose.", "médicament"),
    ("Une crise d’angoisse interrompt le groupe.", "angoisse"),
    ("Un élève de l’ULIS filme la manipulation.", "ULIS"),
    ("Elle revient de l’hôpital et reprend le protocole.", "hôpital"),
    ("Il porte un appareil et entend mal.", "entend mal"),
    ("Elle se déplace en fauteuil roulant dans la salle.", "fauteuil roulant"),
    ("Il ne tient pas en place depuis l’arrêt de son traitement.", "traitement"),
    ("Un élève TDAH termine le premier.", "TDAH"),
]
HEALTHY = [
    "Le chapitre sur le diabète sert de support.",
    "L’enceinte bluetooth diffuse la consigne.",
    "Le traitement des données prend dix minutes.",
    "L’évaluation diagnostique montre trois erreurs.",
    "Ils jouent une scène du Malade imaginaire.",
    "La dépression atmosphérique est lue sur la carte.",
    "Un test en aveugle compare deux jus.",
    "La consonne sourde est distinguée de la sonore.",
    "Ils modélisent la propagation d’une maladie.",
    "Le groupe est en retard mais reste calme.",
    "Le médecin de la bande dessinée parle espagnol.",
]


def labelled(seed: int, count: int) -> list[Labelled]:
    """As many sentences: a third with names, a sixth with a word of health, half with neither."""
    draw = random.Random(seed)
    return [_labelled(draw) for _ in range(count)]


def _labelled(draw: random.Random) -> Labelled:
    kind = draw.choice(("name", "name", "health", "plain", "plain", "plain"))
    if kind == "name":
        pattern, used = draw.choice(NAMED)
        k, other = draw.sample(KNOWN, 2)
        words = {"k": k, "l": other, "r": draw.choice(RARE), "f": draw.choice(FAMILY)}
        return Labelled(pattern.format(**words), frozenset(words[one] for one in used), frozenset())
    if kind == "health":
        text, word = draw.choice(UNHEALTHY)
        return Labelled(text, frozenset(), frozenset({word}))
    return Labelled(draw.choice([*UNNAMED, *HEALTHY]), frozenset(), frozenset())
