package com.umeng.commonsdk.statistics.common;

import android.content.Context;
import android.net.wifi.WifiManager;
import android.telephony.TelephonyManager;

/** Stand-in: reads the IMEI and the Wi-Fi address. */
public final class DeviceConfig {
    private DeviceConfig() {}

    public static String readDeviceId(Context context) {
        try {
            TelephonyManager phone =
                (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
            return phone.getDeviceId();
        } catch (SecurityException denied) {
            return "";
        }
    }

    public static String readMac(Context context) {
        WifiManager wifi =
            (WifiManager) context.getApplicationContext().getSystemService(Context.WIFI_SERVICE);
        try {
            return wifi.getConnectionInfo().getMacAddress();
        } catch (SecurityException denied) {
            return "";
        }
    }
}
