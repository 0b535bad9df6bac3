package cn.example.weak.providers;

/** Not exported by default from target API 17 on. */
public final class DefaultClosed extends Empty {}
