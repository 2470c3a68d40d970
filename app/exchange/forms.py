"""What a person says about a file: the file itself, its columns, what its words mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.accounts.rules import Segment
from app.catalogue import gettext as _
from app.catalogue import lazy_gettext as _l
from app.exchange.choices import NoAccount, UnknownAccount
from app.exchange.encodings import ENCODINGS
from app.exchange.fields import KINDS
from app.exchange.habits import WAYS, Ways
from app.exchange.headers import missing
from app.exchange.labels import FIELD_WORDS, KIND_WORDS
from app.exchange.parsing import subject_of
from app.forms import Form, TermField, choices, text
from app.pipeline.rules import Outcome, Stage

MOST_PASTED = 1_000_000
NAMED_SEPARATORS = ((",", _l("comma")), (";", _l("semicolon")), ("\t", _l("tab")), ("|", "|"))
NONE = "-"


class UploadForm(Form):
    """A file, or several contact cards, and what it holds."""

    file = MultipleFileField(
        _l("File"),
        validators=[FileRequired(_l("Choose a file."))],
        description=_l("Contact cards may be several at once, or a zip of them."),
    )
    kind = SelectField(_l("What it holds"))
    account = text(
        _l("Account"),
        description=_l("Only for people and relationships in a file that names no account."),
    )

    def offer(self, kinds: Iterable[str]) -> None:
        """The kinds that the person may import."""
        self.kind.choices = choices(
            [(kind, _(KIND_WORDS[kind])) for kind in kinds], empty=_("as its columns tell")
        )


class PasteForm(Form):
    """People of an account, as a list or an indented chart."""

    people = TextAreaField(
        _l("People"),
        validators=[DataRequired(), Length(max=MOST_PASTED)],
        description=_l(
            "One a line: name, title, department. Lines set further right report to the one "
            "above; roles stand in square brackets."
        ),
    )
    account = text(_l("Account"), validators=[DataRequired()])


class FileForm(Form):
    """How a file is read: its kind, encoding, separator, sheet; the account; what lacks one."""

    kind = SelectField(_l("What it holds"), validators=[DataRequired()])
    encoding = SelectField(_l("Encoding"))
    separator = SelectField(_l("Separator"))
    sheet = SelectField(_l("Sheet"))
    account = text(_l("Account of rows that name none"))
    no_account = TermField(
        _l("Opportunities without an account"), NoAccount, empty=_l("ask me when there are some")
    )
    creates_products = BooleanField(_l("Add products that are not known yet"))
    creates_accounts = BooleanField(_l("Add accounts that are not known yet; they become yours"))
    segment = TermField(
        _l("Segment of new accounts"),
        Segment,
        empty=_l("said later"),
        description=_l("It tells which table of size classes applies; without one, no class."),
    )

    table_kind = ""

    def offer(self, kinds: Iterable[str], sheets: Iterable[str]) -> None:
        """The kinds that the person may import, and the sheets there are."""
        self.kind.choices = choices([(one, _(KIND_WORDS[one])) for one in kinds])
        self.encoding.choices = choices([(name, name) for name in ENCODINGS], empty=_("as guessed"))
        self.separator.choices = choices(NAMED_SEPARATORS, empty=_("as guessed"))
        self.sheet.choices = choices([(name, name) for name in sheets], empty=_("the first"))

    def columns(self) -> dict[int, str]:
        """The field chosen for each column that has one."""
        found = {}
        for name, field in self._fields.items():
            if name.startswith("column_") and field.data:
                found[int(name.removeprefix("column_"))] = field.data
        return found

    def habits(self) -> dict[str, str]:
        """How columns are to be read where somebody said it, by field."""
        said = {}
        for column, field in self.columns().items():
            name = f"habit_{column}"
            choice = self[name].data if name in self else ""
            if choice in dict(WAYS.get(subject_of(field), ())):
                said[field] = choice
        return said

    def validate(self, extra_validators: Any = None) -> bool:
        """One column for each field, and none of what rows need missing."""
        valid = super().validate(extra_validators)
        found = self.columns()
        taken: set[str] = set()
        for column, field in found.items():
            if field in taken:
                self[f"column_{column}"].errors = [_("Another column is this already.")]
                valid = False
            taken.add(field)
        lacking = missing(self.table_kind, taken)
        if lacking:
            words = ", ".join(_words(one) for one in lacking)
            self.form_errors.append(_("Say which column is: %(fields)s.", fields=words))
        return valid and not lacking


def _words(group: str) -> str:
    return " / ".join(_(FIELD_WORDS[field]) for field in group.split(" / "))


def file_form(columns: Sequence[str], kind: str, ways: Mapping[int, Ways], filled: Any) -> FileForm:
    """A form for a file with such columns, filled as chosen or guessed; ``ways`` by column."""
    words = {_(FIELD_WORDS[field]): field for field in KINDS[kind]}
    offered = choices([(words[word], word) for word in sorted(words)], empty=_("leave it out"))
    fields = {
        f"column_{place}": SelectField(name, choices=offered) for place, name in enumerate(columns)
    }
    fields |= {
        f"habit_{place}": SelectField(columns[place], choices=_both(one))
        for place, one in ways.items()
    }
    made = type("ColumnForm", (FileForm,), {**fields, "table_kind": kind})
    form: FileForm = made(data={**filled, "kind": kind})
    return form


def _both(ways: Ways) -> list[tuple[Any, str]]:
    words = dict(ways.choices)
    guessed = _("as guessed: %(way)s", way=_(words[ways.habit.choice]))
    return choices([(value, _(said)) for value, said in ways.choices], empty=guessed)


def answers_form(
    stages: Sequence[str], words: Sequence[str], products: Sequence[tuple[str, str]], filled: Any
) -> Form:
    """Questions about words of theirs: for ``stages``, and for products that are not known."""
    going = [(f"{one}:open", _(one.label)) for one in Stage if one is not Stage.DELIVERY]
    ended = [
        (f":{outcome}", _(outcome.label)) for outcome in Outcome if outcome is not Outcome.OPEN
    ]
    meanings = choices([*going, *ended], empty=_("say what it is"))
    offered = choices([(NONE, _("none of ours")), *products], empty=_("say which it is"))
    fields: dict[str, Any] = {
        f"stage_{place}": SelectField(word, choices=meanings) for place, word in enumerate(stages)
    }
    fields |= {
        f"product_{place}": SelectField(word, choices=offered) for place, word in enumerate(words)
    }
    fields["no_account"] = TermField(
        _("Opportunities without an account"), NoAccount, empty=_("choose")
    )
    fields["unknown"] = TermField(
        _("Rows of accounts that are not known"), UnknownAccount, empty=_("refuse them")
    )
    fields["account"] = text(
        _("Which account"), description=_("For all rows, or only for those that name none.")
    )
    form: Form = type("AnswersForm", (Form,), fields)(data=filled)
    return form
