package com.umeng.commonsdk.statistics.common;

import android.content.Context;
import android.provider.Settings;

/** Stand-in: reads the Android ID. */
public final class DeviceConfig {
    private DeviceConfig() {}

    public static String readAndroidId(Context context) {
        return Settings.Secure.getString(context.getContentResolver(), Settings.Secure.ANDROID_ID);
    }
}
