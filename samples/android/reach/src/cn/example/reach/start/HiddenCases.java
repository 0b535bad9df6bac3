package cn.example.reach.start;

import android.content.Context;
import cn.example.reach.Reads;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Calls that names and tables hide; all run at start. */
public final class HiddenCases {
    private HiddenCases() {}

    public static void startAll(Context context) {
        constantReflection(context);
        assembledReflection(context);
        proxy(context);
        inCatch(context);
    }

    private static void constantReflection(Context context) {
        try {
            Class<?> target = Class.forName("cn.example.reach.start.ReflectionTarget");
            Method method = target.getMethod("read", Context.class);
            method.invoke(null, context);
        } catch (ReflectiveOperationException missing) {
            return;
        }
    }

    private static void assembledReflection(Context context) {
        try {
            String name = new StringBuilder("tegraTdelbmessA.trats.hcaer.elpmaxe.nc").reverse().toString();
            Class.forName(name).getMethod("read", Context.class).invoke(null, context);
        } catch (ReflectiveOperationException missing) {
            return;
        }
    }

    private static void proxy(Context context) {
        Runnable task = (Runnable) Proxy.newProxyInstance(
            HiddenCases.class.getClassLoader(),
            new Class<?>[] {Runnable.class},
            (self, method, arguments) -> {
                Reads.proxyHandler(context);
                return null;
            });
        task.run();
    }

    private static void inCatch(Context context) {
        try {
            Integer.parseInt("x");
        } catch (NumberFormatException expected) {
            Reads.catchBlock(context);
        }
    }
}
