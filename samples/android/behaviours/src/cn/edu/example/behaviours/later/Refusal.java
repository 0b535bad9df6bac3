package cn.edu.example.behaviours.later;

import android.app.Activity;
import android.content.Context;
import android.location.LocationManager;
import android.provider.ContactsContract;
import cn.edu.example.behaviours.Plan;

/** What goes on although the user said no. */
public final class Refusal {
    private Refusal() {}

    public static void readAll(Activity screen) {
        Plan.attempt("refused-location", () -> readLocation(screen));
        Plan.attempt("refused-permission", () -> askAgain(screen));
        new Thread(() -> Plan.attempt("refused-contacts", () -> readLater(screen)), "stubborn").start();
    }

    private static void readLocation(Context context) {
        ((LocationManager) context.getSystemService(Context.LOCATION_SERVICE))
            .getLastKnownLocation(LocationManager.NETWORK_PROVIDER);
    }

    private static void askAgain(Activity screen) {
        screen.requestPermissions(new String[] {"android.permission.ACCESS_FINE_LOCATION"}, 2);
    }

    private static void readLater(Context context) throws InterruptedException {
        Thread.sleep(500);
        context.getContentResolver().query(
            ContactsContract.Contacts.CONTENT_URI, null, null, null, null);
    }
}
