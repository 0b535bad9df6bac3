package cn.example.reach.tap;

import android.content.Context;
import cn.example.reach.Reads;
import java.util.concurrent.Executors;

/** Runs after a tap, or never. */
public final class TapCases {
    private TapCases() {}

    public static void afterTap(Context context) {
        Reads.clickListenerLambda(context);
        new Thread(() -> Reads.threadAfterClick(context)).start();
        Executors.newSingleThreadExecutor().execute(() -> Reads.executorAfterClick(context));
    }

    /** Nobody calls it. */
    static void neverCalled(Context context) {
        Reads.deadMethod(context);
    }

    /** Calls itself, and nobody else does. */
    static void deadCycle(Context context, int left) {
        Reads.deadCycle(context);
        deadCycle(context, left - 1);
    }
}
