"""Tells values of an assessment in one language: facts, owners, types, limitations, outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from analyzers.model import FactSet
from reports.model import EvidenceLine, FactLine, Mark
from reports.text import Catalogue, load_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.model import Evidence, Fact, Limitation, Value
    from profiles.model import Outcome, Text

EVIDENCE_SHOWN = 3


class Telling(msgspec.Struct, frozen=True):
    """A language, and the names that this assessment's own facts give to SDK ids."""

    text: Catalogue
    facts: FactSet
    sdk_names: dict[str, str]

    def label(self, key: str, **params: object) -> str:
        """Give a label of the catalogue."""
        return self.text.label(key, **params)

    def word(self, table: str, value: object) -> str:
        """Give the word for a closed list's value."""
        return self.text.word(table, value)

    def pick(self, text: Text | None) -> str:
        """Give the sentence of the language, on one line."""
        return " ".join(getattr(text, self.text.lang).split()) if text else ""

    def mark(self, outcome: Outcome | str) -> Mark:
        """Give an outcome as symbol and word."""
        code = str(outcome)
        return Mark(code=code, symbol=self.word("symbol", code), word=self.word("outcome", code))

    def owner(self, owner: object) -> str:
        """Give the name of an access's owner: the SDK's, or the word for app and unattributed."""
        return self.sdk_names.get(str(owner)) or self.word("owner", owner)

    def owner_of(self, fact: Fact) -> str:
        """Give the owner of an access as the run named it; the app's own code is the app."""
        owner, name = str(fact.fields.get("owner", "")), str(fact.fields.get("owner_name", ""))
        if owner == "unattributed" and name:
            return f"{self.word('owner', owner)} {name}"
        return self.word("owner", owner) if owner == "app" else name or self.owner(owner)

    def types(self, value: object) -> str:
        """Give personal-information types as one text."""
        ids = value if isinstance(value, list) else [value]
        return self.text.labels["list.separator"].join(
            self.word("pi_type", one) for one in ids if one
        )

    def listed(self, values: Iterable[object]) -> str:
        """Join values as the language joins a list."""
        return self.text.labels["list.separator"].join(str(value) for value in values)

    def told(self, table: str, value: object) -> str:
        """Give a field's value by a table of words, lists joined; empty for null."""
        told = self.text.told(table, value)
        return "" if told is None else str(told)

    def coverage(self, name: str) -> str:
        """Give the name of an examination; those of a run are phase and checklist line."""
        if " | " in name:
            return self.label("coverage.either").join(map(self.coverage, name.split(" | ")))
        parts = name.split(".", 2)
        if name in self.text.words["coverage"] or parts[0] != "runtime" or len(parts) < 2:
            return self.word("coverage", name)
        phase = self.word("phase", parts[1])
        if len(parts) == 2:
            return self.label("coverage.run_phase", phase=phase)
        return self.label("coverage.of_phase", phase=phase, line=parts[2].upper())

    def yes_no(self, value: object) -> str:
        """Give yes, no, or unknown for null."""
        return self.label("value.unknown" if value is None else f"value.{_YES_NO[bool(value)]}")

    def limitation(self, limitation: Limitation) -> str:
        """Give the sentence of a limitation."""
        return self.text.limitation(limitation.code, dict(limitation.params))

    def sentence(self, fact: Fact) -> str:
        """Give the sentence of a fact."""
        fields: dict[str, Value] = dict(fact.fields)
        if fields.get("owner"):
            fields["owner"] = fields["owner_name"] = self.owner_of(fact)
        return self.text.fact(fact.kind, fact.subject, fields).strip()

    def fact_title(self, kind: str) -> str:
        """Give the name of a kind; the kind itself where it has none."""
        return self.text.facts[kind].title if kind in self.text.facts else kind

    def fact_line(self, fact: Fact) -> FactLine:
        """Give a fact with its first evidence."""
        certain = fact.confidence == "certain"
        return FactLine(
            id=fact.id,
            kind=fact.kind,
            title=self.fact_title(fact.kind),
            sentence=self.sentence(fact),
            confidence="" if certain else self.word("confidence", fact.confidence),
            analyzer=fact.analyzer,
            evidence=tuple(evidence_line(one) for one in fact.evidence[:EVIDENCE_SHOWN]),
            evidence_total=len(fact.evidence),
        )


_YES_NO = {True: "yes", False: "no"}


def make_telling(facts: FactSet, lang: str) -> Telling:
    """Make the telling of a fact set; ``lang`` is ``zh`` or ``en``."""
    text = load_text(lang)
    other = {"zh": "name_en", "en": "name_zh"}[lang]
    names = {
        fact.subject: str(fact.fields.get(f"name_{lang}") or fact.fields.get(other) or "")
        for fact in facts.of_kind("software.sdk")
    }
    return Telling(text=text, facts=facts, sdk_names=names)


def evidence_line(evidence: Evidence) -> EvidenceLine:
    """Give a piece of evidence as text."""
    place = evidence.location.place
    if evidence.location.offset is not None:
        place = f"{place} +0x{evidence.location.offset:x}".strip()
    return EvidenceLine(
        file=evidence.location.file, place=place, excerpt=evidence.excerpt, sha256=evidence.sha256
    )
