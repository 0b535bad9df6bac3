package com.igexin.sdk;

import android.content.Context;
import com.igexin.push.core.AppListReporter;

/** Stand-in. */
public final class PushManager {
    private static final PushManager INSTANCE = new PushManager();

    private PushManager() {}

    public static PushManager getInstance() {
        return INSTANCE;
    }

    public void initialize(Context context) {
        AppListReporter.countApps(context);
    }
}
