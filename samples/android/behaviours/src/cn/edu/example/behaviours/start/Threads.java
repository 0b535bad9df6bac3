package cn.edu.example.behaviours.start;

import android.content.ClipboardManager;
import android.content.Context;
import android.location.LocationManager;
import android.net.wifi.WifiManager;
import android.os.AsyncTask;
import android.os.Handler;
import android.os.HandlerThread;
import android.os.Looper;
import cn.edu.example.behaviours.Plan;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The same kind of reads, each on another thread or at another time. */
public final class Threads {
    private Threads() {}

    public static void startAll(Context context) {
        Plan.once(context, "thread-mac", () -> startThread());
        Plan.once(context, "executor-iccid", () -> startExecutor(context));
        Plan.once(context, "async-task-number", () -> new NumberTask(context).execute());
        Plan.once(context, "handler-clipboard", () -> postDelayed(context));
        Plan.once(context, "handler-thread-ssid", () -> startHandlerThread(context));
        Plan.once(context, "timer-location", () -> startTimer(context));
        Plan.once(context, "scheduled-scan-results", () -> schedule(context));
    }

    private static void startThread() {
        new Thread(() -> Plan.attempt("mac", Threads::readMac), "planted-thread").start();
    }

    private static void readMac() throws Exception {
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            card.getHardwareAddress();
        }
    }

    private static void startExecutor(Context context) {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.execute(() -> Plan.attempt("iccid", () -> readIccid(context)));
        executor.shutdown();
    }

    private static void readIccid(Context context) {
        Phone.phone(context).getSimSerialNumber();
    }

    private static void postDelayed(Context context) {
        new Handler(Looper.getMainLooper()).postDelayed(
            () -> Plan.attempt("clipboard", () -> readClip(context)), 500);
    }

    private static void readClip(Context context) {
        ((ClipboardManager) context.getSystemService(Context.CLIPBOARD_SERVICE)).getPrimaryClip();
    }

    private static void startHandlerThread(Context context) {
        HandlerThread thread = new HandlerThread("planted-handler");
        thread.start();
        new Handler(thread.getLooper()).post(
            () -> Plan.attempt("ssid", () -> wifi(context).getConnectionInfo().getSSID()));
    }

    private static void startTimer(Context context) {
        new Timer("planted-timer", true).schedule(new LocationTask(context), 3000);
    }

    private static void schedule(Context context) {
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
        executor.schedule(
            () -> Plan.attempt("scan", () -> wifi(context).getScanResults()), 1, TimeUnit.SECONDS);
        executor.shutdown();
    }

    static WifiManager wifi(Context context) {
        return (WifiManager) context.getSystemService(Context.WIFI_SERVICE);
    }

    /** Three seconds after the start. */
    private static final class LocationTask extends TimerTask {
        private final Context context;

        LocationTask(Context context) {
            this.context = context;
        }

        @Override
        public void run() {
            Plan.attempt("timer-location", this::readLast);
        }

        private void readLast() {
            ((LocationManager) context.getSystemService(Context.LOCATION_SERVICE))
                .getLastKnownLocation(LocationManager.GPS_PROVIDER);
        }
    }

    /** Reads the number off the main thread. */
    private static final class NumberTask extends AsyncTask<Void, Void, Void> {
        private final Context context;

        NumberTask(Context context) {
            this.context = context;
        }

        @Override
        protected Void doInBackground(Void... nothing) {
            Plan.attempt("number", this::readNumber);
            return null;
        }

        private void readNumber() {
            Phone.phone(context).getLine1Number();
        }
    }
}
