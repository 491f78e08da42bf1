"""A small grammar about public policy: sentences of our own making, as many as are asked for.

A symbol stands for any of its choices: a line each, or several with `|` between them. `{name}` in a
choice is the symbol of that name; one that begins with a number and a colon counts so many times.
"""

import random
import re

GRAMMAR = {
    "sentence": """
        6: {lead} {clause} {place}.
        14: {clause}, {link} {clause}.
        4: {clause} {after}, {link} {actor} {did} {thing} {place}.
        12: {lead} {clause}, {link} {clause}.
        9: {clause}, {aside}, {link} {clause} {after}.
        6: {lead} {clause}, {link} {clause}, and {clause} {place}.
        3: {clause} – {aside} – {link} {clause}.
        2: {clause} {place}; {clause} – {thing}.
        3: {actor} called {thing} “{adjective} and {adjective}”, {link} {clause}.
        3: {actor} promised “{thing} {after}”, but {clause} {place}.
    """,
    "clause": """
        6: {actor} {did} {thing}
        3: {actor} {did} {thing} {after}
        4: {actor} {would} {do} {thing}
        3: {actor} {would} {do} {thing} for {group}
        4: {thing} {would} {do} {thing}
        2: {group} in {town} {did} {thing}
    """,
    "thing": """
        5: {adjective} {matter}
        5: the {adjective} {matter} of {actor}
        5: {adjective} {matter} for {group}
        3: {owner}’s {adjective} {matter}
        2: the {matter} and {matter} that {group} needed
        2: {number} per cent of the {adjective} {matter}
        1: {matter} (about {number} million a year)
        1: {matter} ({adjective}, and with {matter})
    """,
    "aside": """
        5: as {actor} {did} {after}
        5: with {adjective} {matter} and {adjective} {matter}
        5: not least for {group} in {town}
        5: which {group} {did} {place}
        5: rather than {thing}
        1: with little R&D for {matter}
    """,
    "lead": """
        In practice,
        For most regions,
        Since {year},
        By {year},
        Over the past decade,
        At the same time,
        On paper,
        In {town},
        Two years later,
        As a rule,
        Even so,
        Taken together,
        Under the new rules,
    """,
    "link": """
        because | while | although | so that | even where | and | but | whenever | unless
        where
    """,
    "after": """
        after {year}
        before the next budget
        in the first year
        within {number} months
        over the winter
        at short notice
        without a vote
        in the long run
        year after year
        at twice the price
    """,
    "place": """
        in {town}
        in {town} and {town}
        across the region
        in every second district
        outside the large cities
        along the coast
        on both sides of the border
        in most of the country
    """,
    "town": """
        3: the capital | 3: the north | 3: the valleys | 3: the port towns | 3: Rotterdam
        3: Leeds | 3: Valencia | 3: Ghent | 3: Turin | 3: Tampere | 3: Porto | 3: Bergen
        Łódź | Málaga | Malmö
    """,
    "actor": """
        the ministry | the transport ministry | city councils | the audit office
        the regulator | regional governments | the committee | parliament
        the European Commission | network operators | local partners | the central bank
        health boards | port authorities | the energy agency
    """,
    "owner": """
        the ministry | the council | the regulator | the region | the committee
        the country | the agency | Europe | the city | parliament
    """,
    "group": """
        households | small firms | tenants | commuters | older residents | farmers
        school leavers | care workers | first-time buyers | border towns | hospitals
        suppliers | families on low incomes | cities of middle size
    """,
    "adjective": """
        local | regional | long-term | public | voluntary | binding | temporary | expensive
        independent | seasonal | cross-border | modest | uneven | transparent | overdue
        reliable | technical | fiscal | shared | outdated | targeted | annual
        administrative | coherent
    """,
    "matter": """
        housing support | air quality | flood protection | procurement rules
        rail investment | energy prices | grid capacity | hospital funding | data protection
        water rights | building permits | skills training | border controls | land use
        harbour emissions | battery storage | rent controls | bus services | school meals
        trade agreements | carbon accounting | research grants | waste collection
        heat networks | parking charges | pension reform | forest management
        emergency planning | supply chains | vocational education
    """,
    "would": """
        should | could | will | might | would | must | cannot | need not
    """,
    "do": """
        publish | replace | finance | simplify | protect | measure | delay | extend
        strengthen | divide | reform | inspect | coordinate | underestimate
    """,
    "did": """
        delayed | funded | rejected | reviewed | introduced | neglected | defended
        reformed | abandoned | expected | negotiated | underestimated | opposed | tested
        accepted
    """,
    "heading": """
        2: {matter}
        1: Introduction
        1: Findings
        1: Conclusion
        2: what {group} need
        2: {adjective} {matter} in {town}
        2: from {matter} to {matter}: {adjective} and {adjective}
        1: {year} and after
    """,
    "title": """
        {adjective} {matter}
        {matter} in {town}
        {matter} for {group}
        {matter} after {year}
        rethinking {matter}
    """,
    "description": """
        how {actor} {would} {do} {adjective} {matter}
        why {adjective} {matter} {would} {do} {matter}
        {adjective} {matter} for {group} {place}
        what {group} in {town} expect of {matter}
    """,
    "person": """
        {given} {family}
        {given} {initial}. {family}
    """,
    "given": """
        Anna | Bram | Chiara | Daniel | Elif | Femke | Goran | Hanna | Ines | Jonas | Katya
        Luc | Marta | Nils | Olga | René | Sofía
    """,
    "initial": """
        A | C | J | M | R
    """,
    "family": """
        Albers | Bakker | Castell | Dufour | Eriksen | Fontana | Gruber | Horvat | Ivarsson
        Janssen | Kowal | Lindqvist | Moreau | Núñez | Okafor | Petrov | Quist | Ševčík
    """,
    "role": """
        a senior fellow | a research associate | the director of studies | a former adviser
        an economist
    """,
}
NUMERALS = {"year": (2005, 2024), "number": (2, 95)}
"""Symbols that are numbers, and the range of each."""

_CHOICE = re.compile(r"(?:(\d+): )?(.*)")


def _choices(text: str) -> tuple[str, ...]:
    """Return the choices of a symbol, each as often as it counts."""
    found = (_CHOICE.fullmatch(choice.strip()) for choice in re.split(r"[|\n]", text.strip()))
    return tuple(match[2] for match in found if match for _ in range(int(match[1] or 1)))


_SYMBOLS = {name: _choices(text) for name, text in GRAMMAR.items()}


class Phrases:
    """Texts of the grammar, chosen by one source of chance: the same source, the same texts."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def __getitem__(self, symbol: str) -> str:
        """Return a text for a symbol; `str.format_map` asks this for what stands in braces."""
        if symbol in NUMERALS:
            return str(self.chance.randint(*NUMERALS[symbol]))
        choices = _SYMBOLS[symbol]
        choice = choices[int(self.chance.random() * len(choices))]
        return choice.format_map(self) if "{" in choice else choice

    def opening(self, symbol: str) -> str:
        """Return a text that begins with a capital letter."""
        text = self[symbol]
        return text[0].upper() + text[1:]

    def sentences(self, words: int) -> str:
        """Return whole sentences on one line, of about so many words and at least one."""
        found = [self.opening("sentence")]
        missing = words - found[0].count(" ")
        while missing > 12:  # half a sentence: the mean length stays what was asked for
            found.append(self.opening("sentence"))
            missing -= found[-1].count(" ") + 1
        return " ".join(found)
