"""One obligation as its file has it, and how each verb fills the one shape of duties.

The sense checks look at drafts; once they have passed, `shape` makes duties of them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.loading.objections import Objection
from careerspolicy.model.duty import Verb
from careerspolicy.model.policy import CitedKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from careerspolicy.loading.objections import Path
    from careerspolicy.vocabulary import Kind, Vocabulary


@attrs.frozen
class Form:
    """How a verb fills the shape: the kind of record, and the attributes that its slots test.

    An empty `kind` is the one that `what` names. `standing` duties hold at all times unless a
    schedule is said.
    """

    kind: str = ""
    tests: tuple[tuple[str, str], ...] = ()
    standing: bool = False


FORMS: Final[dict[Verb, Form]] = {
    Verb.PROVIDE: Form(),
    Verb.PUBLISH: Form("publication", (("what", "document"), ("on", "place")), standing=True),
    Verb.REVIEW: Form("review", (("what", "document"),)),
    Verb.KEEP: Form(standing=True),
    Verb.NOTIFY: Form("notification", (("whom", "to"), ("matter", "matter"))),
    Verb.APPOINT: Form("appointment", (("what", "role"),), standing=True),
    Verb.FORBID: Form(),
    Verb.UPHOLD: Form("attestation", (("attested_by", "role"),)),
}


@attrs.frozen
class Draft:
    """One obligation's tree, with its words and the drafts that stand before it.

    `cited` has the sort of each instrument that the document cites, by its title and year; None
    where the document hasn't its shape.
    """

    tree: Mapping[str, Any]
    position: int
    vocabulary: Vocabulary
    cited: Mapping[str, CitedKind] | None
    of_law: bool
    earlier: Mapping[str, Draft]

    @cached_property
    def verb(self) -> Verb:
        """The one verb that it is written with."""
        return verb_of(self.tree)

    @cached_property
    def body(self) -> Mapping[str, Any]:
        """What stands under the verb."""
        body: Mapping[str, Any] = self.tree[self.verb.value]
        return body

    @cached_property
    def group(self) -> Mapping[str, Any]:
        """What stands under `for`."""
        group: Mapping[str, Any] = self.tree.get("for", {})
        return group

    @property
    def form(self) -> Form:
        """How its verb fills the shape."""
        return FORMS[self.verb]

    @cached_property
    def kind_name(self) -> str:
        """The kind of record that shows it done, known or not."""
        return self.form.kind or str(self.body["what"])

    @property
    def kind(self) -> Kind | None:
        """The kind of record that shows it done, if it is known."""
        return self.vocabulary.kinds.get(self.kind_name)

    @cached_property
    def subject(self) -> str:
        """The subject that is said, or else what the kind of record belongs to, if it is known."""
        return str(self.group.get("subject") or (self.kind.of if self.kind else ""))

    @property
    def sources(self) -> list[tuple[Path, Mapping[str, Any]]]:
        """The places in the document that it names, each with its path."""
        source = self.tree["source"]
        if isinstance(source, dict):
            return [(("source",), source)]
        return [(("source", n), place) for n, place in enumerate(source)]

    def objection(self, slot: str, message: str, hint: str = "") -> Objection:
        """An objection to a slot of the verb."""
        return Objection((self.verb.value, slot), message, hint)


def drafts_in(
    tree: Mapping[str, Any], vocabulary: Vocabulary, positions: Iterable[int], *, cites: bool = True
) -> list[Draft]:
    """The obligations in some positions of a file, in order; `cites` if its document is sound."""
    cited = _cited_in(tree["document"]) if cites else None
    drafts: list[Draft] = []
    for position in positions:
        earlier = {draft.tree["id"]: draft for draft in drafts}
        draft = tree["obligations"][position]
        of_law = tree.get("of") == "law"
        drafts.append(Draft(draft, position, vocabulary, cited, of_law, earlier))
    return drafts


def _cited_in(document: Mapping[str, Any]) -> dict[str, CitedKind]:
    return {
        f"{cited['title']} {cited.get('year', '')}".rstrip(): CitedKind(cited["kind"])
        for cited in document.get("cites", ())
    }


def verb_of(tree: Mapping[str, Any]) -> Verb:
    """The one verb that an obligation is written with."""
    return next(verb for verb in Verb if verb.value in tree)
