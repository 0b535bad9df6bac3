package cn.example.weak;

import android.content.Context;
import android.location.Location;
import android.location.LocationManager;
import android.os.Build;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

/** What goes into the system's log. */
public final class Logs {
    private Logs() {}

    public static void imei(TelephonyManager phone) {
        Log.d("Device", "imei=" + phone.getDeviceId());
    }

    public static void androidId(Context context) {
        String id = Settings.Secure.getString(context.getContentResolver(), "android_id");
        Log.i("Device", id);
    }

    public static void place(LocationManager manager) {
        Location place = manager.getLastKnownLocation("gps");
        Log.e("Place", String.format("%s", place));
    }

    public static void number(TelephonyManager phone) {
        System.out.println(phone.getLine1Number());
    }

    public static void constant() {
        Log.d("Device", "imei and android_id are not read");
    }

    public static void whetherThere(TelephonyManager phone) {
        Log.d("Device", phone.getDeviceId() == null ? "no id" : "has id");
    }

    public static void systemVersion() {
        Log.d("Device", "sdk=" + Build.VERSION.SDK_INT);
    }
}
