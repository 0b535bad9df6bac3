"""What an iOS analyzer is handed: one opened app bundle, its parts read on first use."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from analyzers.formats.code_signature import CodeSignature, read_code_signature
from analyzers.formats.errors import FormatError, UnreadableError
from analyzers.formats.ipa import FRAMEWORK, INFO, LIBRARY, PLUGIN, Files
from analyzers.formats.limits import DEFAULT_LIMITS, Limits
from analyzers.formats.macho import MachO, is_macho, read_macho
from analyzers.formats.plist import Plain, read_plist, read_strings, text_of
from analyzers.formats.provisioning import Provisioning, read_provisioning
from analyzers.model import Sample, Signer

if TYPE_CHECKING:
    from collections.abc import Sequence

CHINESE_ORDER = ("zh-Hans", "zh-Hans-CN", "zh_CN", "zh-CN", "zh", "zh-Hant", "zh-HK", "zh-TW")
MAX_BINARIES = 300


class Binary(msgspec.Struct, frozen=True):
    """One executable or library of the app."""

    file: str
    """Path in the sample."""
    bundle: str
    """Folder of the bundle it belongs to, with its slash."""
    name: str
    """``app``, or the name of the framework, library or extension."""
    code: MachO


class IosPackage:
    """One opened iOS app; every part is read when it is first asked for."""

    def __init__(
        self,
        name: str,
        files: Files,
        root: str,
        data: Sequence[memoryview],
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        """Wrap what was opened; analyzers.package.open_package is the way in.

        Args:
            name: File name as given.
            files: The files of the archive or folder.
            root: Folder of the app bundle in it, with its slash.
            data: Content of each file that was handed in.
            limits: Bounds of what is read.

        Raises:
            UnreadableError: Info.plist cannot be read or names no app.
        """
        self.name, self.files, self.root, self.limits = name, files, root, limits
        self.platform = "ios"
        self.names = files.names
        self.damaged: dict[str, str] = {}
        """Parts that could not be read: file to code of the reason."""
        self._data = data
        self._present = frozenset(files.names)
        try:
            self.info = read_plist(files.read(root + INFO))
        except FormatError as error:
            raise UnreadableError("package.plist-unreadable", reason=error.code) from error
        if not text_of(self.info, "CFBundleIdentifier"):
            raise UnreadableError("package.plist-unreadable", reason="CFBundleIdentifier")

    def has(self, name: str) -> bool:
        """Tell whether there is a file of the name."""
        return name in self._present

    def read(self, name: str, limit: int | None = None) -> bytes:
        """Give the content of a file; see ZipArchive.read."""
        return self.files.read(name, limit)

    def read_plist(self, name: str) -> dict[str, Plain] | None:
        """Read a property list; None where there is none or it is damaged, which is then noted."""
        if name not in self._present:
            return None
        try:
            return read_plist(self.read(name))
        except FormatError as error:
            self.damaged[name] = error.code
            return None

    @cached_property
    def chinese(self) -> dict[str, str]:
        """Chinese texts of Info.plist, simplified before traditional."""
        found: dict[str, str] = {}
        for tag in CHINESE_ORDER:
            name = f"{self.root}{tag}.lproj/InfoPlist.strings"
            if name not in self._present:
                continue
            try:
                rows = read_strings(self.read(name))
            except FormatError as error:
                self.damaged[name] = error.code
                continue
            found = {**rows, **found}
        return found

    @cached_property
    def bundles(self) -> tuple[str, ...]:
        """Folders of the app, its frameworks and its extensions, with their slash, the app first."""
        inside = {
            self.root + match[0]
            for name in self.names
            if name.startswith(self.root)
            for pattern in (FRAMEWORK, PLUGIN)
            if (match := pattern.match(name[len(self.root) :]))
        }
        return (self.root, *sorted(inside))

    @cached_property
    def binaries(self) -> tuple[Binary, ...]:
        """The app's executable first, then frameworks, extensions and bare libraries."""
        wanted = []
        for bundle in self.bundles:
            rows = self.info if bundle == self.root else self.read_plist(bundle + INFO) or {}
            stem = bundle.rstrip("/").rpartition("/")[2].rpartition(".")[0]
            executable = text_of(rows, "CFBundleExecutable") or stem
            name = "app" if bundle == self.root else stem
            wanted.append((bundle + executable, bundle, name))
        for file in self.names:
            match = (
                LIBRARY.fullmatch(file[len(self.root) :]) if file.startswith(self.root) else None
            )
            if match:
                wanted.append((file, self.root, match[1]))
        if len(wanted) > MAX_BINARIES:
            self.damaged[wanted[MAX_BINARIES][0]] = "ipa.too-many-executables"
        found = []
        for file, bundle, name in wanted[:MAX_BINARIES]:
            code = self._read_code(file)
            if code is not None:
                found.append(Binary(file, bundle, name, code))
        return tuple(found)

    def _read_code(self, file: str) -> MachO | None:
        if file not in self._present:
            self.damaged[file] = "ipa.no-executable"
            return None
        try:
            content = self.read(file)
            if not is_macho(content[:8]):
                raise FormatError("macho.magic")
            return read_macho(content)
        except FormatError as error:
            self.damaged[file] = error.code
            return None

    @property
    def main(self) -> Binary | None:
        """The app's own executable; None where it is missing or damaged."""
        first = next(iter(self.binaries), None)
        return first if first is not None and first.name == "app" else None

    @cached_property
    def signature(self) -> CodeSignature | None:
        """The code signature of the executable; None where there is none."""
        main = self.main
        if main is None or main.code.signature is None:
            return None
        start, size = main.code.signature
        try:
            return read_code_signature(main.code.data[start : start + size])
        except FormatError as error:
            self.damaged[main.file + "#signature"] = error.code
            return None

    @cached_property
    def provisioning(self) -> Provisioning | None:
        """The embedded provisioning profile; apps of the store have none."""
        name = self.root + "embedded.mobileprovision"
        if name not in self._present:
            return None
        try:
            return read_provisioning(self.read(name))
        except FormatError as error:
            self.damaged[name] = error.code
            return None

    def sample(self) -> Sample:
        """Describe the app as a sample, with its hashes."""
        return self._sample

    @cached_property
    def _sample(self) -> Sample:
        info, chinese = self.info, self.chinese
        sha256, md5, members = self._hashes()
        return Sample(
            sha256=sha256,
            md5=md5,
            size=sum(map(len, self._data)),
            name=self.name,
            platform=self.platform,
            app_id=text_of(info, "CFBundleIdentifier"),
            label=text_of(info, "CFBundleDisplayName") or text_of(info, "CFBundleName"),
            label_zh=chinese.get("CFBundleDisplayName", "") or chinese.get("CFBundleName", ""),
            version_name=text_of(info, "CFBundleShortVersionString"),
            abis=self.main.code.architectures if self.main else (),
            signer=self._signer,
            members=members,
        )

    @cached_property
    def _signer(self) -> Signer | None:
        if self.signature is None or not self.signature.certificates:
            return None
        first = self.signature.certificates[0]
        return Signer(
            sha256=first.sha256,
            sha1=first.sha1,
            md5=first.md5,
            subject=first.subject,
            public_key=first.public_key,
            public_key_algorithm=first.public_key_algorithm,
        )

    def _hashes(self) -> tuple[str, str, tuple[str, ...]]:
        """Hash the file; of a folder the sorted hashes of its files."""
        if len(self._data) == 1:
            md5 = hashlib.md5(self._data[0], usedforsecurity=False)
            return _sha256(self._data[0]), md5.hexdigest(), ()
        members = sorted(map(_sha256, self._data))
        joined = "".join(members).encode()
        return _sha256(joined), hashlib.md5(joined, usedforsecurity=False).hexdigest(), ()


def _sha256(data: bytes | memoryview) -> str:
    return hashlib.sha256(data).hexdigest()
