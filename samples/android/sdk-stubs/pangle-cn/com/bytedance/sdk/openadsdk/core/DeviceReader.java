package com.bytedance.sdk.openadsdk.core;

import android.content.Context;
import android.telephony.TelephonyManager;

/** Stand-in: reads the IMSI. */
public final class DeviceReader {
    private DeviceReader() {}

    public static String readSubscriber(Context context) {
        try {
            TelephonyManager phone =
                (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
            return phone.getSubscriberId();
        } catch (SecurityException denied) {
            return "";
        }
    }
}
