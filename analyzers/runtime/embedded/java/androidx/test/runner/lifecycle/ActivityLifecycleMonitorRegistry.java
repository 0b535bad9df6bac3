package androidx.test.runner.lifecycle;

import android.app.Activity;
import java.util.Collection;
import java.util.List;

/** Stand-in: gives a monitor that knows no activity. */
public final class ActivityLifecycleMonitorRegistry {
    private static final ActivityLifecycleMonitor NONE = new ActivityLifecycleMonitor() {
        @Override
        public void addLifecycleCallback(ActivityLifecycleCallback callback) {}

        @Override
        public void removeLifecycleCallback(ActivityLifecycleCallback callback) {}

        @Override
        public Stage getLifecycleStageOf(Activity activity) {
            return Stage.RESUMED;
        }

        @Override
        public Collection<Activity> getActivitiesInStage(Stage stage) {
            return List.of();
        }
    };

    private ActivityLifecycleMonitorRegistry() {}

    public static ActivityLifecycleMonitor getInstance() {
        return NONE;
    }
}
