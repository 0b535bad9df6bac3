package cn.edu.example.behaviours.start;

import android.app.ActivityManager;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.hardware.Sensor;
import android.hardware.SensorManager;
import android.location.Location;
import android.location.LocationListener;
import android.location.LocationManager;
import android.os.Bundle;
import android.view.ViewGroup;
import android.webkit.JavascriptInterface;
import android.webkit.WebView;
import cn.edu.example.behaviours.Plan;

/** What the first screen asks of the system: apps, processes, sensors, a web view. */
public final class Screen {
    private Screen() {}

    public static void open(Context context, ViewGroup page) {
        Plan.once(context, "launcher-query", () -> queryLaunchers(context));
        Plan.once(context, "own-package", () -> queryOwnPackage(context));
        Plan.once(context, "foreign-package", () -> queryForeignPackage(context));
        Plan.once(context, "processes", () -> listProcesses(context));
        Plan.once(context, "sensor-list", () -> listSensors(context));
        Plan.once(context, "web-bridge", () -> addBridge(context, page));
    }

    private static void queryLaunchers(Context context) {
        Intent launchers = new Intent(Intent.ACTION_MAIN).addCategory(Intent.CATEGORY_LAUNCHER);
        context.getPackageManager().queryIntentActivities(launchers, 0);
    }

    private static void queryOwnPackage(Context context) throws Exception {
        context.getPackageManager().getPackageInfo(context.getPackageName(), 0);
    }

    private static void queryForeignPackage(Context context)
            throws PackageManager.NameNotFoundException {
        context.getPackageManager().getPackageInfo("com.tencent.mm", 0);
    }

    private static void listProcesses(Context context) {
        ((ActivityManager) context.getSystemService(Context.ACTIVITY_SERVICE))
            .getRunningAppProcesses();
    }

    private static void listSensors(Context context) {
        ((SensorManager) context.getSystemService(Context.SENSOR_SERVICE))
            .getSensorList(Sensor.TYPE_ALL);
    }

    private static void addBridge(Context context, ViewGroup page) {
        WebView web = new WebView(context);
        web.addJavascriptInterface(new Bridge(), "campus");
        page.addView(web);
    }

    public static void subscribeLocation(Context context) {
        ((LocationManager) context.getSystemService(Context.LOCATION_SERVICE))
            .requestLocationUpdates(LocationManager.NETWORK_PROVIDER, 1000, 1, new Ignored());
    }

    /** Offered to web pages. */
    public static final class Bridge {
        @JavascriptInterface
        public String version() {
            return "1.0";
        }
    }

    /** A listener that keeps nothing. */
    private static final class Ignored implements LocationListener {
        @Override
        public void onLocationChanged(Location place) {}

        @Override
        public void onStatusChanged(String provider, int status, Bundle extras) {}

        @Override
        public void onProviderEnabled(String provider) {}

        @Override
        public void onProviderDisabled(String provider) {}
    }
}
