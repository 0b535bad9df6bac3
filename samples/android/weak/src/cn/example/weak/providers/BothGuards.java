package cn.example.weak.providers;

/** Reading and writing are guarded. */
public final class BothGuards extends Empty {}
