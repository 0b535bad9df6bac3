"""Lays out who the app is: identity, signer, versions of what made the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Entry

if TYPE_CHECKING:
    from analyzers.model import Sample
    from profiles.model import Assessment
    from reports.telling import Telling


def app_name(sample: Sample, lang: str) -> str:
    """Give the name people know the app by, else its package id, else the file name."""
    labels = (sample.label_zh, sample.label) if lang == "zh" else (sample.label, sample.label_zh)
    return next((one for one in (*labels, sample.app_id) if one.strip()), sample.name)


def make_identity(sample: Sample, telling: Telling) -> tuple[Entry, ...]:
    """Give the identity of the sample; what the package does not state says so."""
    label = telling.label
    rows = [
        Entry(label=label("identity.name"), value=app_name(sample, telling.text.lang)),
        Entry(label=label("identity.app_id"), value=sample.app_id, mono=True),
        Entry(label=label("identity.version"), value=_version(sample, telling)),
        Entry(label=label("identity.platform"), value=telling.word("platform", sample.platform)),
        Entry(label=label("identity.sdks"), value=_sdks(sample, telling)),
        Entry(label=label("identity.abis"), value=telling.listed(sample.abis)),
        Entry(label=label("identity.file_name"), value=sample.name),
        Entry(
            label=label("identity.size"),
            value=label("identity.size_value", mb=f"{sample.size / 1e6:.2f}", bytes=sample.size),
        ),
        Entry(label=label("identity.sha256"), value=sample.sha256, mono=True),
        Entry(label=label("identity.md5"), value=sample.md5, mono=True),
    ]
    if sample.members:
        count = label("identity.members_value", count=len(sample.members))
        rows.append(Entry(label=label("identity.members"), value=count))
    return tuple(_stated(row, telling) for row in rows)


def _version(sample: Sample, telling: Telling) -> str:
    if sample.version_code is None:
        return sample.version_name
    code = f"{telling.label('identity.version_code')} {sample.version_code}"
    return f"{sample.version_name}（{code}）" if sample.version_name else code


def _sdks(sample: Sample, telling: Telling) -> str:
    if sample.min_sdk is None and sample.target_sdk is None:
        return ""
    unknown = telling.label("value.not_stated")
    return telling.label(
        "identity.sdks_value",
        min=unknown if sample.min_sdk is None else sample.min_sdk,
        target=unknown if sample.target_sdk is None else sample.target_sdk,
    )


def _stated(entry: Entry, telling: Telling) -> Entry:
    if entry.value.strip():
        return entry
    return Entry(label=entry.label, value=telling.label("value.not_stated"))


def make_signer(sample: Sample, telling: Telling) -> tuple[Entry, ...]:
    """Give the signer in the shapes App filing asks for; empty where no certificate was read."""
    signer = sample.signer
    if signer is None:
        return ()
    label = telling.label
    return (
        Entry(label=label("signer.subject"), value=signer.subject),
        Entry(label=label("signer.sha256"), value=signer.sha256, mono=True),
        Entry(label=label("signer.sha1"), value=signer.sha1, mono=True),
        Entry(label=label("signer.md5"), value=signer.md5, mono=True),
        Entry(label=label("signer.algorithm"), value=signer.public_key_algorithm),
        Entry(label=label("signer.public_key"), value=signer.public_key, mono=True),
    )


def make_versions(assessment: Assessment, telling: Telling) -> tuple[Entry, ...]:
    """Give what made the result: the same sample under the same versions gives it again."""
    label, versions = telling.label, assessment.versions
    profile = f"{telling.pick(assessment.profile_title)} {assessment.profile_version}"
    rows = [
        Entry(label=label("versions.tool"), value=f"AppAdmit {versions.tool}"),
        Entry(label=label("versions.profile"), value=f"{profile} ({assessment.profile})"),
        Entry(
            label=label("versions.school"),
            value=f"{telling.pick(assessment.school_title)} ({assessment.school})",
        ),
        Entry(label=label("versions.rules"), value=versions.rules, mono=True),
        Entry(label=label("versions.knowledge"), value=versions.knowledge, mono=True),
        Entry(label=label("versions.python"), value=versions.python),
        Entry(label=label("versions.schema"), value=assessment.schema),
        Entry(label=label("versions.created"), value=assessment.created),
    ]
    return tuple(row for row in rows if row.value)
