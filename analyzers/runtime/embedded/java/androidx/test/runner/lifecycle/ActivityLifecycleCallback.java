package androidx.test.runner.lifecycle;

import android.app.Activity;

/** Stand-in: hears of an activity's stages. */
public interface ActivityLifecycleCallback {
    void onActivityLifecycleChanged(Activity activity, Stage stage);
}
