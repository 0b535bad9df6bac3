package cn.edu.example.behaviours.later;

import android.app.Activity;
import android.content.Context;
import android.net.wifi.WifiManager;
import android.telephony.TelephonyManager;
import cn.edu.example.behaviours.Plan;

/** After a refusal the next launch reads and asks again; two days later it scans as well. */
public final class Relaunch {
    private Relaunch() {}

    public static void readAll(Activity screen) {
        Plan.attempt("relaunch-imei", () -> readImei(screen));
        Plan.attempt("relaunch-permission", () -> ask(screen));
        if (Plan.twoDaysOld(screen)) {
            Plan.attempt("later-scan", () -> scan(screen));
        }
    }

    private static void readImei(Context context) {
        ((TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE)).getImei(0);
    }

    private static void ask(Activity screen) {
        screen.requestPermissions(new String[] {"android.permission.CAMERA"}, 3);
    }

    private static void scan(Context context) {
        ((WifiManager) context.getSystemService(Context.WIFI_SERVICE)).startScan();
    }
}
