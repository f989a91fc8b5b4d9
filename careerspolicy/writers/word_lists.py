"""Numbers and bullets of a Word document's lists: each numbered list begins anew.

Before `word_blocks`. Word keeps what lists look like in a part of its own; a list follows one
definition of it, that of its style or else one made here.
"""

from __future__ import annotations

from typing import Any, Final

from careerspolicy.extras import load

_BULLETS: Final = ("\u2022", "\u25e6", "\u25aa")
_STEP: Final = 360  # how much further in each level is, in twentieths of a point

_EMPTY: Final = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
)


class Lists:
    """The definitions of lists in one document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._own: dict[bool, int] = {}

    def begin(
        self, style_number: int | None, *, ordered: bool, start: int, level: int
    ) -> int | None:
        """The number of the definition that a new list follows; None if its style says all.

        `style_number` is the definition that the list's style follows, if it follows one.
        """
        if style_number is not None and not ordered:
            return None
        numbering = self._numbering()
        if style_number is not None:
            looks = numbering.num_having_numId(style_number).abstractNumId.val
        else:
            looks = self._look(numbering, ordered=ordered)
        made = numbering.add_num(looks)
        made.add_lvlOverride(ilvl=0 if style_number is not None else level).add_startOverride(start)
        return int(made.numId)

    def _numbering(self) -> Any:
        part = self._document.part
        types = load("docx.opc.constants")
        try:
            return part.part_related_by(types.RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            made = load("docx.parts.numbering").NumberingPart(
                load("docx.opc.packuri").PackURI("/word/numbering.xml"),
                types.CONTENT_TYPE.WML_NUMBERING,
                load("docx.oxml").parse_xml(_EMPTY),
                part.package,
            )
            part.relate_to(made, types.RELATIONSHIP_TYPE.NUMBERING)
            return made.element

    def _look(self, numbering: Any, *, ordered: bool) -> int:
        """The number of our own look of lists, added to the document when first asked for."""
        if ordered not in self._own:
            qn = load("docx.oxml.ns").qn
            taken = [
                int(one.get(qn("w:abstractNumId"))) for one in numbering.iter(qn("w:abstractNum"))
            ]
            number = max(taken, default=-1) + 1
            numbering.insert(0, load("docx.oxml").parse_xml(_look_xml(number, ordered=ordered)))
            self._own[ordered] = number
        return self._own[ordered]


def _look_xml(number: int, *, ordered: bool) -> str:
    levels = []
    for level, bullet in enumerate(_BULLETS):
        kind, text = ("decimal", f"%{level + 1}.") if ordered else ("bullet", bullet)
        inset = _STEP * (level + 1)
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{inset}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
        )
    return (
        '<w:abstractNum xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        f'w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
    )
