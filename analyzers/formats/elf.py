"""What a native library states about itself (LIEF does the reading; its objects stay here)."""

from __future__ import annotations

import msgspec

from analyzers.formats.errors import FormatError

MAX_NEEDED = 500
MAX_EXPORTS = 2_000_000
ELF_MAGIC = b"\x7fELF"


class NativeLibrary(msgspec.Struct, frozen=True):
    """One shared library."""

    soname: str
    """DT_SONAME, empty where none."""
    needed: tuple[str, ...]
    """DT_NEEDED in order."""
    jni: bool
    """Exports Java_… or JNI_OnLoad."""
    stripped: bool
    """Has no symbol table beside the dynamic one."""


def read_elf(content: bytes) -> NativeLibrary:
    """Read a shared library.

    Raises:
        FormatError: the bytes are not an ELF file that can be read.
    """
    if content[:4] != ELF_MAGIC:
        raise FormatError("elf.magic")
    import lief

    lief.logging.disable()
    config = lief.ELF.ParserConfig()
    config.parse_relocations = False
    config.parse_notes = False
    config.parse_symbol_versions = False
    config.parse_overlay = False
    binary = lief.ELF.parse(content, config)
    if binary is None:
        raise FormatError("elf.damaged")
    tags = lief.ELF.DynamicEntry.TAG
    soname = binary.get(tags.SONAME)
    names = (str(symbol.name) for symbol in binary.dynamic_symbols)
    return NativeLibrary(
        soname=str(soname.name) if soname is not None else "",
        needed=tuple(str(name) for name in list(binary.libraries)[:MAX_NEEDED]),
        jni=any(name == "JNI_OnLoad" or name.startswith("Java_") for name in names),
        stripped=not any(
            section.type == lief.ELF.Section.TYPE.SYMTAB for section in binary.sections
        ),
    )
