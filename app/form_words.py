"""What the form library says of a wrong value, in our words and in the person's language."""

from __future__ import annotations

from flask_wtf.i18n import translations

from app.catalogue import gettext
from app.vocabulary import N_

WORDS = {
    "This field is required.": N_("Please fill this in."),
    "Not a valid choice.": N_("Choose one from the list."),
    "Invalid Choice: could not coerce.": N_("Choose one from the list."),
    "'%(value)s' is not a valid choice for this field.": N_("Choose from the list."),
    "Invalid choice(s): one or more data inputs could not be coerced.": N_("Choose from the list."),
    "Not a valid integer value.": N_("Give a whole number."),
    "Not a valid decimal value.": N_("Give a number."),
    "Not a valid float value.": N_("Give a number."),
    "Not a valid date value.": N_("Give a day, such as 2026-03-05."),
    "Not a valid time value.": N_("Give a time, such as 14:30."),
    "Not a valid datetime value.": N_("Give a day and a time, such as 2026-03-05 14:30."),
    "Not a valid week value.": N_("Give a week, such as 2026-W10."),
    "Invalid email address.": N_("This is not an e-mail address."),
    "Invalid URL.": N_("This is not a web address."),
    "Number must be at least %(min)s.": N_("Give a number of at least %(min)s."),
    "Number must be at most %(max)s.": N_("Give a number of at most %(max)s."),
    "Number must be between %(min)s and %(max)s.": N_("Give a number from %(min)s to %(max)s."),
    "File does not have an approved extension.": N_("Files of this kind are not taken here."),
}
TOO_LONG = "Field cannot be longer than %(max)d character."


class FormWords:
    """What fields and validators ask for words; what we have not named, the library's own."""

    def gettext(self, message: str) -> str:
        """A message, with its places still open."""
        ours = WORDS.get(message)
        return gettext(ours) if ours else str(translations.gettext(message))

    def ngettext(self, one: str, many: str, num: int) -> str:
        """The form of a message for a number, with its places still open."""
        if one == TOO_LONG:
            return gettext("At most %(max)d characters, please.")
        return str(translations.ngettext(one, many, num))


FORM_WORDS = FormWords()
