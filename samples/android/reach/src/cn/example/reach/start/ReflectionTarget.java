package cn.example.reach.start;

import android.content.Context;
import cn.example.reach.Reads;

/** Called by a name that stands in the code. */
public final class ReflectionTarget {
    private ReflectionTarget() {}

    public static void read(Context context) {
        Reads.reflectionConstantName(context);
    }
}
