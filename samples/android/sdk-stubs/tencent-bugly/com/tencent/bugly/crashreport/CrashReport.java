package com.tencent.bugly.crashreport;

import android.content.Context;
import com.tencent.bugly.crashreport.common.info.DeviceInfo;

/** Stand-in. */
public final class CrashReport {
    private CrashReport() {}

    public static void initCrashReport(Context context, String id, boolean debug) {
        DeviceInfo.readOperator(context);
    }
}
