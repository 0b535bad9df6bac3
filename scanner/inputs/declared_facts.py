"""A declaration as facts: every word resolved, every problem named with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.model import Confidence, Evidence, Location, make_fact
from scanner.errors import UnreadableInput
from scanner.inputs import vocabulary
from scanner.inputs.vocabulary import UnknownWord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from analyzers.model import Fact, Value
    from scanner.inputs.declaration import Declaration, DeclaredIdentity

ANALYZER = "declaration"
_SHOWN = 12


def make_declared_facts(declaration: Declaration, file: str) -> tuple[Fact, ...]:
    """Turn a declaration into ``declaration.*``, ``store.*`` and ``register.filing`` facts.

    Args:
        declaration: the form.
        file: its name, for evidence and messages.

    Raises:
        UnreadableInput: with every word that could not be understood.
    """
    resolver = _Resolver(file)
    facts = tuple(resolver.make_all(declaration))
    if resolver.problems:
        raise UnreadableInput("declaration.bad", file=file, reason="；".join(resolver.problems))
    return facts


class _Resolver:
    """Makes facts and gathers the problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[str] = []

    def make_all(self, form: Declaration) -> Iterator[Fact]:
        yield self._make_app(form)
        for index, row in enumerate(form.types, start=1):
            place = f"个人信息 第 {index} 行"
            yield self._fact(
                "declaration.type", self._one(vocabulary.to_personal_type, row.name, place), place,
                purpose=row.purpose, origin=row.origin, third_parties=row.third_parties,
            )  # fmt: skip
        for index, permission in enumerate(form.permissions, start=1):
            place = f"权限 第 {index} 行"
            name = permission.name
            full = name if "." in name else f"android.permission.{name}"
            yield self._fact("declaration.permission", full, place, purpose=permission.purpose)
        for index, sdk in enumerate(form.sdks, start=1):
            place = f"第三方SDK 第 {index} 行"
            yield self._fact(
                "declaration.sdk", vocabulary.to_sdk(sdk.name), place,
                name=sdk.name, vendor=sdk.vendor, purpose=sdk.purpose,
                types=self._many(vocabulary.to_personal_type, sdk.types, place),
            )  # fmt: skip
        yield from self._make_filings(form)
        yield from self._make_identities(form)

    def _make_app(self, form: Declaration) -> Fact:
        types = self._many(vocabulary.to_app_type, form.app_types, "应用类型")
        return self._fact(
            "declaration.app",
            form.name,
            "应用名称",
            app_types=[name for name in types if name],
            functions=self._many(_in("functions"), form.functions, "业务功能"),
            audience=self._many(_in("audience"), form.audience, "服务对象"),
            source=self._one(_in("source"), form.source, "来源"),
            use=self._one(_in("use"), form.use, "使用性质"),
            mass_collection=self._flag(form.mass_collection, "大范围采集"),
            biometrics=self._flag(form.biometrics, "采集生物特征"),
            under_14=self._flag(form.under_14, "面向未满十四周岁"),
            provider=form.provider,
        )

    def _make_filings(self, form: Declaration) -> Iterator[Fact]:
        for index, row in enumerate(form.filings, start=1):
            place = f"备案与资质 第 {index} 行"
            filing = self._one(_in("filing"), row.name, place)
            matches = row.holder.strip() == form.provider.strip()
            yield self._fact(
                "register.filing", filing, place,
                number=row.number, holder=row.holder, date=row.date, expires=row.expires,
                checked=row.checked,
                status=self._one(_in("filing_status"), row.status, place),
                format_ok=vocabulary.number_fits(filing, row.number),
                name_matches=matches if row.holder and form.provider else None,
            )  # fmt: skip

    def _make_identities(self, form: Declaration) -> Iterator[Fact]:
        stated: list[tuple[str, str, DeclaredIdentity | None]] = [
            ("declaration", "申报的安装包", form.identity),
            ("app_filing", "App备案登记", form.app_filing),
            *(("store", f"应用商店 第 {i} 行", s) for i, s in enumerate(form.stores, start=1)),
        ]
        for source, place, identity in stated:
            for field in _IDENTITY_FIELDS if identity else ():
                value = str(getattr(identity, field))
                if value:
                    yield self._fact(
                        "declaration.identity", field, place, source=source, value=value
                    )
        for index, listing in enumerate(form.stores, start=1):
            for name in listing.permissions:
                full = name if "." in name else f"android.permission.{name}"
                place = f"应用商店 第 {index} 行"
                yield self._fact("store.permission", full, place, store=listing.store)

    def _fact(self, kind: str, subject: str, place: str, **fields: Value) -> Fact:
        evidence = Evidence(location=Location(file=self.file, place=place), excerpt=subject)
        return make_fact(
            kind,
            subject,
            analyzer=ANALYZER,
            evidence=[evidence],
            confidence=Confidence.CERTAIN,
            **fields,
        )

    def _one(self, resolve: Callable[[str], str], word: str, place: str) -> str:
        try:
            return resolve(word)
        except UnknownWord as error:
            known = "、".join(error.known[:_SHOWN])
            more = "等" if len(error.known) > _SHOWN else ""
            self.problems.append(f"{place}：不认识“{word[:40]}”，可填 {known}{more}")
            return ""

    def _many(self, resolve: Callable[[str], str], words: Iterable[str], place: str) -> list[str]:
        found = [self._one(resolve, word, place) for word in words]
        return list(dict.fromkeys(found))

    def _flag(self, word: str, place: str) -> bool | None:
        try:
            return vocabulary.to_flag(word)
        except UnknownWord:
            self.problems.append(f"{place}：请填 是 或 否，不是“{word[:40]}”")
            return None


_IDENTITY_FIELDS = (
    "label", "package_id", "version_name", "version_code", "publisher", "signer_sha256",
    "signer_md5", "public_key", "sha256",
)  # fmt: skip


def _in(table: str) -> Callable[[str], str]:
    return lambda word: vocabulary.to_id(table, word)
