package cn.example.weak.providers;

/** Only writing is guarded. */
public final class ReadOpen extends Empty {}
