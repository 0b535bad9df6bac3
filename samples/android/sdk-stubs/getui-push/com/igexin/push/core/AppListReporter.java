package com.igexin.push.core;

import android.content.Context;

/** Stand-in: reads the list of installed apps. */
public final class AppListReporter {
    private AppListReporter() {}

    public static int countApps(Context context) {
        return context.getPackageManager().getInstalledApplications(0).size();
    }
}
