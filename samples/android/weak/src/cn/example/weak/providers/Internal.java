package cn.example.weak.providers;

/** Not exported. */
public final class Internal extends Empty {}
