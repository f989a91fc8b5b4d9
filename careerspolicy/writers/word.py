"""A view as a Word document, with real styles, headings and tables.

`word_blocks` writes the body. A trust may give a document of its own: its styles,
header, footer and page stay; the text goes where a paragraph says `{{ document }}`, or at its end.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.errors import BrokenTemplate
from careerspolicy.extras import load
from careerspolicy.writers.cleaning import one_line
from careerspolicy.writers.markdown import as_read
from careerspolicy.writers.word_blocks import write_view
from careerspolicy.writers.word_styles import Styles, plain_look

if TYPE_CHECKING:
    from pathlib import Path

    from careerspolicy.views.tree import View

#: What a paragraph of a trust's own document says where the text is to go.
PLACEHOLDER: Final = "{{document}}"

#: When a document was made whose day nobody gave: zip files know no earlier one.
_NO_DAY: Final = date(1980, 1, 1)

#: What python-docx raises for a file that is no Word document, or a broken one.
_UNREADABLE: Final = (KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError)


def word(view: View, *, templates: Path | None = None, word_template: Path | None = None) -> bytes:
    """The bytes of a Word document: the same for the same arguments.

    `word_template` is a Word document whose styles, header and footer are used. Raises
    BrokenTemplate for a template that fails or is no .docx file, MissingExtra without python-docx.
    """
    document = _opened(word_template)
    if word_template is None:
        plain_look(document)
    before = [*document.element.body]
    write_view(as_read(view, templates=templates), document, Styles.of(document))
    _put_in_place(document, before)
    _set_properties(document, one_line(view.title), view.dated or _NO_DAY)
    told = io.BytesIO()
    document.save(told)
    return _without_clock(told.getvalue())


def _opened(template: Path | None) -> Any:
    docx = load("docx")
    if template is None:
        return docx.Document()
    try:
        return docx.Document(io.BytesIO(template.read_bytes()))
    except FileNotFoundError:
        raise BrokenTemplate(f"{template}: there is no such file; look at its path") from None
    except (*_UNREADABLE, load("docx.opc.exceptions").OpcError) as error:
        raise BrokenTemplate(
            f'{template}: this is not a Word document; save it as "Word document (.docx)"'
        ) from error


def _put_in_place(document: Any, before: list[Any]) -> None:
    """Move what was written to where the template wants it, in the placeholder's stead."""
    body = document.element.body
    places = [one for one in document.paragraphs if one.text.replace(" ", "") == PLACEHOLDER]
    place = next((one._p for one in places if one._p in before), None)  # noqa: SLF001 - no other way
    if place is None:
        return
    for element in [one for one in body if one not in before]:
        place.addprevious(element)
    body.remove(place)


def _set_properties(document: Any, title: str, day: date) -> None:
    moment = datetime.combine(day, time(), UTC)
    told = document.core_properties
    told.title, told.language = title[:255], "en-GB"
    told.author = told.last_modified_by = told.comments = told.keywords = told.subject = ""
    told.created = told.modified = moment
    told.revision = 1
    qn = load("docx.oxml.ns").qn
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _without_clock(data: bytes) -> bytes:
    """The same zip file, its parts dated alike, so that the clock leaves no trace."""
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(told, "w") as new:
        for part in old.infolist():
            made = zipfile.ZipInfo(part.filename, _NO_DAY.timetuple()[:6])
            made.compress_type, made.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(made, old.read(part))
    return told.getvalue()
