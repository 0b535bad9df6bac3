package cn.edu.example.behaviours.start;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.telephony.TelephonyManager;
import cn.edu.example.behaviours.Plan;

/** Reads inside services and receivers, and a call of another app's service. */
public final class Components {
    private static final String CELL = "cn.edu.example.behaviours.CELL";

    private Components() {}

    public static void startAll(Context context) {
        Plan.once(context, "own-service",
            () -> context.startService(new Intent(context, BoundDevicesService.class)));
        Plan.once(context, "dynamic-receiver", () -> registerCell(context));
        Plan.once(context, "manifest-receiver", () -> context.sendBroadcast(
            new Intent("cn.edu.example.behaviours.SAVED_NETWORKS").setPackage(context.getPackageName())));
        Plan.once(context, "watch-packages", () -> watchPackages(context));
        Plan.once(context, "foreign-service", () -> wakeOther(context));
    }

    private static void registerCell(Context context) {
        context.registerReceiver(new CellReceiver(), new IntentFilter(CELL));
        context.sendBroadcast(new Intent(CELL).setPackage(context.getPackageName()));
    }

    private static void watchPackages(Context context) {
        IntentFilter filter = new IntentFilter(Intent.ACTION_PACKAGE_ADDED);
        filter.addDataScheme("package");
        context.registerReceiver(new CellReceiver(), filter);
    }

    private static void wakeOther(Context context) {
        context.startService(
            new Intent().setClassName("com.example.other", "com.example.other.PushService"));
    }

    /** Reads the cell tower when its own broadcast comes. */
    private static final class CellReceiver extends BroadcastReceiver {
        @Override
        public void onReceive(Context context, Intent intent) {
            if (CELL.equals(intent.getAction())) {
                Plan.attempt("cell", () -> readCell(context));
            }
        }

        private static void readCell(Context context) {
            TelephonyManager phone = Phone.phone(context);
            phone.getCellLocation();
        }
    }
}
