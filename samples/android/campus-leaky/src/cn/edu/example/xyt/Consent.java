package cn.edu.example.xyt;

import android.content.Context;

/** Stores the answer; nothing in this app ever asks for it again. */
final class Consent {
    private Consent() {}

    static void store(Context context, boolean agreed) {
        context.getSharedPreferences("consent", Context.MODE_PRIVATE)
            .edit().putBoolean("agreed", agreed).apply();
    }
}
