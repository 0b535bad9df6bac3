package cn.example.weak.providers;

/** The guard is granted to every app that asks. */
public final class NormalGuard extends Empty {}
