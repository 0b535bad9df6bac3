package cn.jpush.android.service;

import android.content.Context;
import android.provider.Settings;

/** Stand-in: reads the Android ID. */
public final class DeviceReporter {
    private DeviceReporter() {}

    public static String readAndroidId(Context context) {
        return Settings.Secure.getString(context.getContentResolver(), Settings.Secure.ANDROID_ID);
    }
}
