package cn.edu.example.campus;

import android.content.Context;
import android.content.SharedPreferences;

/** The user's answer: none yet, given or refused. */
public final class Consent {
    private static final String GIVEN = "given";

    private Consent() {}

    private static SharedPreferences store(Context context) {
        return context.getSharedPreferences("consent", Context.MODE_PRIVATE);
    }

    public static boolean isGiven(Context context) {
        return store(context).getBoolean(GIVEN, false);
    }

    static boolean isAnswered(Context context) {
        return store(context).contains(GIVEN);
    }

    static void give(Context context) {
        store(context).edit().putBoolean(GIVEN, true).apply();
        Sdks.start(context.getApplicationContext());
    }

    static void refuse(Context context) {
        store(context).edit().putBoolean(GIVEN, false).apply();
    }
}
