package com.umeng.commonsdk;

import android.content.Context;
import com.umeng.commonsdk.statistics.common.DeviceConfig;

/** Stand-in. */
public final class UMConfigure {
    public static final int DEVICE_TYPE_PHONE = 1;

    private UMConfigure() {}

    public static void preInit(Context context, String key, String channel) {}

    public static void init(Context context, String key, String channel, int type, String secret) {
        DeviceConfig.readDeviceId(context);
        DeviceConfig.readMac(context);
    }
}
