"""Roles of our own people and the levels of access to an account."""

from __future__ import annotations

from app.vocabulary import N_, Degree, Term


class UserRole(Term):
    """What a person is in the company; what they may see follows from their accounts."""

    ADMINISTRATOR = "administrator", N_("Administrator")
    DIRECTOR = "director", N_("Sales director")
    MANAGER = "manager", N_("Key-account manager")
    PRESALES = "presales", N_("Pre-sales")
    READER = "reader", N_("Reader")


class Level(Degree):
    """How far a person may go on one account; each level includes those below it."""

    READ = 1, N_("May read")
    EDIT = 2, N_("May edit")
    OWN = 3, N_("Owns")


class Theme(Term):
    """Light, dark, or as the device says."""

    AUTO = "auto", N_("As the device")
    LIGHT = "light", N_("Light")
    DARK = "dark", N_("Dark")


LEAST_PASSWORD = 10
"""Characters; NIST SP 800-63B asks for 8 at the least and no composition rules."""


def level_of(role: UserRole, held: Level | None, *, leads_a_member: bool) -> Level | None:
    """The level a person has on an account, or None when it is invisible to them.

    ``held`` is their own place in its team; a director also reaches the accounts of
    the people they lead, as an owner. A reader never goes beyond reading.

    >>> level_of(UserRole.READER, Level.OWN, leads_a_member=False)
    <Level.READ: 1>
    """
    if role is UserRole.DIRECTOR and leads_a_member:
        return Level.OWN
    if held is None:
        return None
    return Level.READ if role is UserRole.READER else held
