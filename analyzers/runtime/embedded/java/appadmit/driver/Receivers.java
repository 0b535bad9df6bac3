package appadmit.driver;

import android.app.Application;
import android.content.BroadcastReceiver;
import android.content.ComponentName;
import android.content.Intent;
import android.content.pm.PackageParser;
import java.util.List;
import org.robolectric.Shadows;

/** Hands the app's own broadcasts to the receivers of its manifest, each guarded. */
final class Receivers {
    private static final int MOST = 100;

    private final Application application;
    private int handed;

    Receivers(Application application) {
        this.application = application;
    }

    /** Delivers what was sent since the last time. */
    void settle() {
        List<Intent> sent = Shadows.shadowOf(application).getBroadcastIntents();
        for (; handed < sent.size() && handed < MOST; handed++) {
            Intent intent = sent.get(handed);
            for (PackageParser.Activity receiver : Startup.parsed().receivers) {
                String process = receiver.info.processName;
                boolean here = process == null || process.equals(application.getPackageName());
                if (here && receiver.info.enabled && isFor(receiver, intent)) {
                    deliver(receiver.info.name, intent);
                }
            }
        }
    }

    private boolean isFor(PackageParser.Activity receiver, Intent intent) {
        ComponentName component = intent.getComponent();
        if (component != null) {
            return component.getClassName().equals(receiver.info.name);
        }
        if (!application.getPackageName().equals(intent.getPackage()) || intent.getAction() == null) {
            return false;
        }
        for (PackageParser.ActivityIntentInfo filter : receiver.intents) {
            if (filter.hasAction(intent.getAction())) {
                return true;
            }
        }
        return false;
    }

    private void deliver(String name, Intent intent) {
        Crash.guard("receiver " + name, () -> {
            Class<?> type = Class.forName(name, true, application.getClassLoader());
            ((BroadcastReceiver) type.getDeclaredConstructor().newInstance()).onReceive(application, intent);
        });
    }
}
