package com.bytedance.pangle;

/** Stand-in. */
public final class Zeus {
    private Zeus() {}

    public static boolean hasInit() {
        return false;
    }
}
