package cn.edu.example.xyt.collect;

import android.content.Context;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

/** Reads identifiers of the device. */
public final class DeviceProfile {
    private DeviceProfile() {}

    public static String readAndroidId(Context context) {
        String id = Settings.Secure.getString(context.getContentResolver(), "android_id");
        Reporter.send("android_id", id);
        return id;
    }

    public static String readImei(Context context) {
        TelephonyManager phone =
            (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
        try {
            String imei = phone.getDeviceId();
            Log.d("XYT", "imei=" + imei);
            Reporter.send("imei", imei);
            return imei;
        } catch (SecurityException denied) {
            return "";
        }
    }
}
