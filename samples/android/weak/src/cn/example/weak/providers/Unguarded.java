package cn.example.weak.providers;

/** Any app reads and writes it. */
public final class Unguarded extends Empty {}
