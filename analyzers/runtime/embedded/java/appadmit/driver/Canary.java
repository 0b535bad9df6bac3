package appadmit.driver;

import android.content.Context;
import android.location.LocationManager;
import android.provider.Settings;
import android.telephony.TelephonyManager;

/** Accesses of our own that the witness must see: they prove that it was awake just then. */
final class Canary {
    private Canary() {}

    static void sing(String name, Context context) {
        attempt(() -> Settings.Secure.getString(context.getContentResolver(), "android_id"));
        attempt(() -> context.getSystemService(TelephonyManager.class).getDeviceId());
        attempt(() -> context.getSystemService(LocationManager.class).getLastKnownLocation("gps"));
        attempt(() -> context.getPackageManager().getInstalledPackages(0));
        attempt(() -> context.getContentResolver()
                .query(android.net.Uri.parse("content://com.android.contacts/contacts"), null, null, null, null));
    }

    private static void attempt(Runnable access) {
        try {
            access.run();
        } catch (RuntimeException expected) {
            // What the access gives does not matter, only that it was seen.
        }
    }
}
