"""One entry of the catalogue, as it stands in the data files."""

from __future__ import annotations

import msgspec

KINDS = ("sdk", "library", "framework")
ARTIFACT_SOURCES = ("maven:", "npm:", "pypi:", "debian:")
"""A source that starts so names a file in which the signature was seen."""


class VersionPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where an SDK writes its own version."""

    type: str
    """``file`` (a text file of the package), ``property`` (a key of such a file), ``constant``
    (a string constant of a class; field ``*``: any string of it), ``string`` (any string
    constant), ``name`` (a file's name)."""
    at: str
    """Archive name, class name or library name; ``*`` stands for anything."""
    field: str = ""
    """Field or method that holds the constant, or the key of a property."""
    pattern: str = ""
    """Regular expression; its first group is the version."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is known about one SDK or library; an unknown field stays empty."""

    name_en: str
    category: str
    name_zh: str = ""
    vendor: str = ""
    country: str = ""
    """ISO 3166 code of the vendor."""
    kind: str = "sdk"
    """``sdk`` (service of a vendor), ``library`` (plain code that acts for its caller) or
    ``framework`` (runs the app's own pages: React Native, Cordova, uni-app)."""
    purpose_zh: str = ""
    """Own words; empty: the category's."""
    tracker: bool = False
    tracker_reason: str = ""
    exodus_id: int | None = None
    sources: tuple[str, ...] = ()
    """Where the signatures were seen: codes of ``sources.toml`` or artifacts."""
    classes: tuple[str, ...] = ()
    """Java package or class prefixes; a prefix ends at a name boundary."""
    components: tuple[str, ...] = ()
    """Manifest component classes; a leading ``*.`` stands for the host app's package."""
    meta: tuple[str, ...] = ()
    """Names of manifest meta-data."""
    libraries: tuple[str, ...] = ()
    """File names of native libraries; ``*`` stands for a version."""
    assets: tuple[str, ...] = ()
    """Names inside the archive; ``*`` stands for anything but a slash."""
    domains: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()
    """String constants only this SDK is known to carry: what stays when its classes are renamed."""
    strings_from: tuple[str, ...] = ()
    """Artifacts in which the strings were seen."""
    ios: tuple[str, ...] = ()
    """iOS class names or prefixes, frameworks and static libraries."""
    weak: tuple[str, ...] = ()
    """Signatures that count only beside another one: shared or too common names."""
    requires: dict[str, str] = {}
    """Class prefix that counts only where the other prefix is present too."""
    bundles: tuple[str, ...] = ()
    """Ids of the entries it carries along (one-key login, push channels, ad mediation)."""
    maven: tuple[str, ...] = ()
    """``group:artifact`` coordinates."""
    versions: tuple[VersionPlace, ...] = ()
    types: tuple[str, ...] = ()
    """Personal-information types its publisher states, with ``types_source``."""
    types_source: str = ""
    delay_init: str = ""
    """API that delays its start until consent, with ``delay_source``."""
    delay_source: str = ""
    seen: dict[str, str] = {}
    """Signature -> artifact file in which it was seen."""

    @property
    def signatures(self) -> tuple[str, ...]:
        """All signatures, whatever their type."""
        return (
            *self.classes, *self.components, *self.meta, *self.libraries,
            *self.assets, *self.domains, *self.strings, *self.ios,
        )  # fmt: skip

    @property
    def counts(self) -> bool:
        """Whether a signature was seen in a file or is named by a source."""
        strong = (*self.classes, *self.components, *self.libraries, *self.ios)
        return bool(strong) and bool(set(self.sources) - {"doc"} or self.seen)


class Category(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A category with its words."""

    zh: str
    en: str
    purpose_zh: str
    """What such a component is used for, in own words."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list or document that names signatures."""

    name: str
    licence: str
    used: str = "names only"
    """What was taken from it."""
