package cn.edu.example.behaviours;

import android.content.Context;
import android.content.SharedPreferences;
import android.util.Log;

/** Decides which behaviour is due: each planted read of the start happens once per installation. */
public final class Plan {
    private static final long TWO_DAYS = 48L * 3600 * 1000;

    private Plan() {}

    /** A step that may be refused by the platform. */
    public interface Step {
        void run() throws Exception;
    }

    /** Runs a step the first time its name comes up, whatever the platform answers. */
    public static void once(Context context, String name, Step step) {
        SharedPreferences store = store(context);
        if (store.getBoolean(name, false)) {
            return;
        }
        store.edit().putBoolean(name, true).commit();
        attempt(name, step);
    }

    /** Runs a step and goes on where it fails. */
    public static void attempt(String name, Step step) {
        try {
            step.run();
        } catch (Exception | LinkageError failed) {
            Log.i("plan", name + ": " + failed.getClass().getName());
        }
    }

    static int countLaunch(Context context) {
        SharedPreferences store = store(context);
        int launches = store.getInt("launches", 0) + 1;
        store.edit().putInt("launches", launches).commit();
        if (launches == 1) {
            store.edit().putLong("installed", System.currentTimeMillis()).commit();
        }
        return launches;
    }

    public static boolean twoDaysOld(Context context) {
        long installed = store(context).getLong("installed", Long.MAX_VALUE);
        return System.currentTimeMillis() - installed >= TWO_DAYS;
    }

    static void decide(Context context, boolean agreed) {
        store(context).edit().putBoolean(agreed ? "agreed" : "refused", true).commit();
    }

    static boolean agreed(Context context) {
        return store(context).getBoolean("agreed", false);
    }

    static boolean refused(Context context) {
        return store(context).getBoolean("refused", false);
    }

    private static SharedPreferences store(Context context) {
        return context.getSharedPreferences("plan", Context.MODE_PRIVATE);
    }
}
