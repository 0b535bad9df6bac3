package com.umeng.analytics;

import android.content.Context;

/** Stand-in. */
public final class MobclickAgent {
    private static int events;

    private MobclickAgent() {}

    public static void onEvent(Context context, String name) {
        events++;
    }

    public static void onResume(Context context) {
        events++;
    }

    public static void onPause(Context context) {
        events++;
    }
}
