package androidx.test.platform.app;

import android.app.Instrumentation;
import android.os.Bundle;

/** Stand-in: keeps the one instrumentation that the environment registers. */
public final class InstrumentationRegistry {
    private static volatile Instrumentation instance;
    private static volatile Bundle arguments = new Bundle();

    private InstrumentationRegistry() {}

    public static void registerInstance(Instrumentation instrumentation, Bundle given) {
        instance = instrumentation;
        arguments = given;
    }

    public static Instrumentation getInstrumentation() {
        if (instance == null) {
            throw new IllegalStateException("no instrumentation is registered");
        }
        return instance;
    }

    public static Bundle getArguments() {
        return new Bundle(arguments);
    }
}
