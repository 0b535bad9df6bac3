package com.umeng.commonsdk;

import android.content.Context;
import com.umeng.commonsdk.statistics.common.DeviceConfig;

/** Stand-in for a version that reads nothing in preInit and only the Android ID in init. */
public final class UMConfigure {
    public static final int DEVICE_TYPE_PHONE = 1;

    private UMConfigure() {}

    public static void preInit(Context context, String key, String channel) {}

    public static void init(Context context, String key, String channel, int type, String secret) {
        DeviceConfig.readAndroidId(context);
    }
}
