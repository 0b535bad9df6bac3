package cn.example.reach.tap;

import android.content.Context;
import cn.example.reach.Reads;

/** Nothing refers to this class. */
public final class DeadClass extends Thread {
    private final Context context;

    static {
        Reads.staticInitialiserOfDeadClass(null);
    }

    public DeadClass(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Reads.threadNeverMade(context);
    }
}
