package cn.example.reach.start;

import android.content.Context;
import cn.example.reach.Reads;

/** Called by a name that is put together at run time. */
public final class AssembledTarget {
    private AssembledTarget() {}

    public static void read(Context context) {
        Reads.reflectionAssembledName(context);
    }
}
