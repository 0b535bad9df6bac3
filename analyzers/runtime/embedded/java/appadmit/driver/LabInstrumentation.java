package appadmit.driver;

import android.app.Application;
import android.app.Instrumentation;
import android.content.Context;
import android.os.Bundle;
import android.os.Looper;
import androidx.test.platform.app.InstrumentationRegistry;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;

/** The instrumentation of a run: no monitoring, the application's onCreate guarded. */
public final class LabInstrumentation extends Instrumentation {
    @Override
    public void onCreate(Bundle arguments) {
        InstrumentationRegistry.registerInstance(this, arguments);
        super.onCreate(arguments);
    }

    @Override
    public void callApplicationOnCreate(Application application) {
        Startup.onCreate(() -> super.callApplicationOnCreate(application));
    }

    @Override
    public void runOnMainSync(Runnable runnable) {
        runnable.run();
    }

    @Override
    public void waitForIdleSync() {
        Shadows.shadowOf(Looper.getMainLooper()).idle();
    }

    @Override
    public void finish(int resultCode, Bundle results) {}

    @Override
    public Context getTargetContext() {
        return RuntimeEnvironment.getApplication();
    }

    @Override
    public Context getContext() {
        return RuntimeEnvironment.getApplication();
    }
}
