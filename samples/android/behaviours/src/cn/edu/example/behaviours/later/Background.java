package cn.edu.example.behaviours.later;

import android.content.Context;
import android.location.LocationManager;
import android.os.Handler;
import android.os.Looper;
import cn.edu.example.behaviours.Plan;

/** Goes on when the app is no longer seen. */
public final class Background {
    private Background() {}

    public static void start(Context context) {
        Context kept = context.getApplicationContext();
        new Handler(Looper.getMainLooper()).postDelayed(
            () -> Plan.attempt("background-location", () -> readPlace(kept)), 500);
        new Thread(() -> Plan.attempt("background-apps", () -> listApps(kept)), "background").start();
    }

    private static void readPlace(Context context) {
        ((LocationManager) context.getSystemService(Context.LOCATION_SERVICE))
            .getLastKnownLocation(LocationManager.PASSIVE_PROVIDER);
    }

    private static void listApps(Context context) {
        context.getPackageManager().getInstalledPackages(0);
    }
}
