"""The Android framework on a JVM: no emulator, no phone."""
