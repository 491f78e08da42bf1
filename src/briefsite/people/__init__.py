"""Who wrote a brief: names, the registry, the notes about authors at its end."""

from briefsite.people.names import (
    Byline,
    ends_in_others,
    is_cjk,
    key_of,
    person_of,
    split_authors,
)
from briefsite.people.notes import Note, Notes, complete, split_notes, whose
from briefsite.people.registry import (
    Author,
    Registry,
    known,
    read_byline,
    read_registry,
    strangers,
)

__all__ = [
    "Author",
    "Byline",
    "Note",
    "Notes",
    "Registry",
    "complete",
    "ends_in_others",
    "is_cjk",
    "key_of",
    "known",
    "person_of",
    "read_byline",
    "read_registry",
    "split_authors",
    "split_notes",
    "strangers",
    "whose",
]
