package cn.jiguang.api;

import android.content.Context;

/** Stand-in. */
public final class JCoreInterface {
    private static boolean started;

    private JCoreInterface() {}

    public static void start(Context context) {
        started = context != null;
    }

    public static boolean isStarted() {
        return started;
    }
}
