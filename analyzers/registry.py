"""All analyzers in one explicit, ordered tuple; the order is the order of work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from analyzers.android import (
    archive,
    bundled_packages,
    code_apis,
    code_install,
    code_loading,
    code_weaknesses,
    components,
    flags,
    native_libraries,
    network_security,
    package,
    permissions,
    signing,
)
from analyzers.content import functions, policy
from analyzers.ios import code_apis as ios_code_apis
from analyzers.ios import (
    entitlements,
    frameworks,
    info_plist,
    privacy_manifest,
    transport_security,
)
from analyzers.ios import signing as ios_signing
from analyzers.ios import software as ios_software
from analyzers.model import Fact, Limitation
from analyzers.software import libraries, packers, sdks

Found = Iterable[Fact | Limitation]


class Analyzer(msgspec.Struct, frozen=True):
    """One analyzer: what it is called, for which platform it works, and what it may state."""

    id: str
    """Lower case with dots, equal to its module path: ``android.permissions``."""
    platforms: tuple[str, ...]
    kinds: tuple[str, ...]
    """The fact kinds it may state; stating another is an error."""
    doc: str
    """One sentence for ``appadmit analyzers list``."""
    extract: Callable[[Any], Found]
    """Takes the opened package of one of its platforms: AppPackage or IosPackage."""


ANALYZERS: tuple[Analyzer, ...] = (
    Analyzer(
        id="android.package",
        platforms=("android",),
        kinds=("android.package", "android.launcher"),
        doc="Identity, versions, label and launcher entry.",
        extract=package.extract,
    ),
    Analyzer(
        id="android.permissions",
        platforms=("android",),
        kinds=(
            "android.permission.declared",
            "android.permission.implied",
            "android.permission.defined",
        ),
        doc="Permissions the manifest asks for or defines, with level, group and Chinese names.",
        extract=permissions.extract,
    ),
    Analyzer(
        id="android.components",
        platforms=("android",),
        kinds=("android.component", "android.autostart"),
        doc="Components, who may reach them, and what the system starts by itself.",
        extract=components.extract,
    ),
    Analyzer(
        id="android.flags",
        platforms=("android",),
        kinds=("android.application.flag",),
        doc="Debug, backup, test and storage switches, with the platform's defaults.",
        extract=flags.extract,
    ),
    Analyzer(
        id="android.network_security",
        platforms=("android",),
        kinds=("android.network_security",),
        doc="Cleartext traffic, user-added authorities and pins, per domain.",
        extract=network_security.extract,
    ),
    Analyzer(
        id="android.signing",
        platforms=("android",),
        kinds=("android.signing.scheme", "android.signing.certificate"),
        doc="Signing schemes, whether they verify, and the signer certificates.",
        extract=signing.extract,
    ),
    Analyzer(
        id="android.native_libraries",
        platforms=("android",),
        kinds=("android.native_library",),
        doc="Native libraries with their ABIs and what they need.",
        extract=native_libraries.extract,
    ),
    Analyzer(
        id="android.bundled_packages",
        platforms=("android",),
        kinds=("android.bundled_package",),
        doc="Installable packages inside the package, told by content.",
        extract=bundled_packages.extract,
    ),
    Analyzer(
        id="android.archive",
        platforms=("android",),
        kinds=("zip.anomaly", "axml.anomaly"),
        doc="Where the package departs from what ordinary tools write.",
        extract=archive.extract,
    ),
    Analyzer(
        id="software.packers",
        platforms=("android",),
        kinds=("software.packer",),
        doc="Packers and protectors, and what cannot be judged because of them.",
        extract=packers.extract,
    ),
    Analyzer(
        id="software.sdks",
        platforms=("android",),
        kinds=("software.sdk",),
        doc="Third-party SDKs, trackers and plain libraries, with version and evidence.",
        extract=sdks.extract,
    ),
    Analyzer(
        id="software.libraries",
        platforms=("android",),
        kinds=("software.library",),
        doc="Libraries whose build wrote name and version into the package.",
        extract=libraries.extract,
    ),
    Analyzer(
        id="content.policy",
        platforms=("android",),
        kinds=(
            "content.policy",
            "content.policy_element",
            "content.policy_type",
            "content.policy_sdk",
        ),
        doc="Privacy policies inside the package, and what they say.",
        extract=policy.extract,
    ),
    Analyzer(
        id="content.functions",
        platforms=("android",),
        kinds=("app.function.hint", "app.form.field"),
        doc="Hints of functions and form fields in the texts a user sees.",
        extract=functions.extract,
    ),
    Analyzer(
        id="code.apis",
        platforms=("android",),
        kinds=("code.api", "code.statistics"),
        doc="Sensitive APIs the code calls, their owner, and whether they can run before any tap.",
        extract=code_apis.extract,
    ),
    Analyzer(
        id="code.dynamic_loading",
        platforms=("android",),
        kinds=("code.dynamic_loading",),
        doc="Code loaded at run time, and dex files outside the app's own place.",
        extract=code_loading.extract,
    ),
    Analyzer(
        id="code.install",
        platforms=("android",),
        kinds=("code.install",),
        doc="Code that can install packages.",
        extract=code_install.extract,
    ),
    Analyzer(
        id="code.weaknesses",
        platforms=("android",),
        kinds=("code.weakness",),
        doc="Weaknesses of the code with CWE and MASVS id.",
        extract=code_weaknesses.extract,
    ),
    Analyzer(
        id="ios.info_plist",
        platforms=("ios",),
        kinds=("ios.app", "ios.usage", "ios.background_mode", "ios.scheme"),
        doc="Identity, usage strings, background modes and URL schemes of an iOS app.",
        extract=info_plist.extract,
    ),
    Analyzer(
        id="ios.transport_security",
        platforms=("ios",),
        kinds=("ios.transport",),
        doc="Where App Transport Security allows plain HTTP.",
        extract=transport_security.extract,
    ),
    Analyzer(
        id="ios.frameworks",
        platforms=("ios",),
        kinds=("ios.framework", "ios.binary"),
        doc="Executables, and the frameworks they link or the app embeds.",
        extract=frameworks.extract,
    ),
    Analyzer(
        id="ios.entitlements",
        platforms=("ios",),
        kinds=("ios.entitlement",),
        doc="What the signature lets an iOS app do.",
        extract=entitlements.extract,
    ),
    Analyzer(
        id="ios.signing",
        platforms=("ios",),
        kinds=("ios.signing",),
        doc="Team, kind of signature and provisioning profile.",
        extract=ios_signing.extract,
    ),
    Analyzer(
        id="ios.privacy_manifest",
        platforms=("ios",),
        kinds=("ios.privacy_manifest", "ios.collected_data", "ios.required_reason"),
        doc="What privacy manifests declare, against what the code uses.",
        extract=privacy_manifest.extract,
    ),
    Analyzer(
        id="ios.code_apis",
        platforms=("ios",),
        kinds=("code.api",),
        doc="Personal information an iOS app's executables reach.",
        extract=ios_code_apis.extract,
    ),
    Analyzer(
        id="ios.software",
        platforms=("ios",),
        kinds=("software.sdk",),
        doc="SDKs of an iOS app, by frameworks and classes.",
        extract=ios_software.extract,
    ),
)
