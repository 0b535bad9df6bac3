package appadmit.driver;

import android.app.Activity;
import android.app.Application;
import android.content.ComponentName;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.content.pm.PackageParser;
import android.os.Looper;
import appadmit.witness.Channel;
import appadmit.witness.Line;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.robolectric.Robolectric;
import org.robolectric.Shadows;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.shadows.ShadowActivity;
import org.robolectric.shadows.ShadowApplication;
import org.robolectric.util.ReflectionHelpers;

/** The stack of activities, driven as the system would: started, resumed, left, finished. */
final class Activities {
    private static final String ASK = "android.content.pm.action.REQUEST_PERMISSIONS";
    private static final int STEP = 20;
    private static final int MOST_STARTS = 40;

    private final Application application;
    private final Services services;
    private final Receivers receivers;
    private final Deque<ActivityController<? extends Activity>> stack = new ArrayDeque<>();
    private int starts;

    Activities(Application application) {
        this.application = application;
        this.services = new Services(application);
        this.receivers = new Receivers(application);
    }

    /** Class of the activity on top, empty where none stands. */
    String top() {
        return stack.isEmpty() ? "" : stack.peek().get().getClass().getName();
    }

    /** Starts the launcher activity (or the named one); gives its class, empty where there is none. */
    String launch(String named) {
        leaveAll();
        String name = named.isEmpty() ? Launcher.find(Startup.parsed()) : named;
        if (!name.isEmpty()) {
            Intent intent = new Intent(Intent.ACTION_MAIN).addCategory(Intent.CATEGORY_LAUNCHER);
            start(intent.setComponent(new ComponentName(application.getPackageName(), name)));
        }
        return name;
    }

    /** Swipes the app away: every activity ends, the process stays. */
    private void leaveAll() {
        for (ActivityController<? extends Activity> controller : stack) {
            controller.get().finish();
        }
        settle();
    }

    private void start(Intent intent) {
        String name = Launcher.target(Startup.parsed(), intent);
        if (name == null || starts++ > MOST_STARTS) {
            Channel.send("start_foreign", new Line().put("intent", String.valueOf(intent)));
            return;
        }
        Crash.guard("activity " + name, () -> {
            Class<? extends Activity> type = Class.forName(name, true, application.getClassLoader())
                    .asSubclass(Activity.class);
            ActivityController<? extends Activity> below = stack.peek();
            if (below != null) {
                Crash.guard("pause", below::pause);
            }
            ActivityController<? extends Activity> controller = Robolectric.buildActivity(type, intent);
            stack.push(controller);
            open(controller, name);
            if (below != null && !below.get().isFinishing()) {
                Crash.guard("stop", below::stop);
            }
        });
    }

    private static void open(ActivityController<? extends Activity> controller, String name) {
        if (!Crash.guard("onCreate " + name, controller::create) || controller.get().isFinishing()) {
            return;
        }
        Crash.guard("onStart " + name, controller::start);
        Crash.guard("onPostCreate " + name, () -> controller.postCreate(null));
        if (Crash.guard("onResume " + name, controller::resume)) {
            Crash.guard("visible " + name, controller::visible);
            Crash.guard("focus " + name, () -> controller.windowFocusChanged(true));
            Crash.guard("top " + name, () -> controller.topActivityResumed(true));
            Channel.send("resumed", new Line().put("activity", name));
        }
    }

    /** Lets real time pass for threads while the main looper advances by the virtual time. */
    void dwell(int realMilliseconds, long virtualMilliseconds) throws InterruptedException {
        if (virtualMilliseconds > 60_000L) {
            Leap.over(virtualMilliseconds);
            virtualMilliseconds = realMilliseconds;
        }
        int steps = Math.max(1, realMilliseconds / STEP);
        long each = Math.max(1, virtualMilliseconds / steps);
        long end = System.nanoTime() + realMilliseconds * 1_000_000L;
        for (int i = 0; i < steps; i++) {
            Crash.guard("main looper", () -> Shadows.shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(each)));
            settle();
            long left = end - System.nanoTime() - (steps - i - 1L) * STEP * 1_000_000L;
            if (left > 0) {
                Thread.sleep(left / 1_000_000L);
            }
            if (System.nanoTime() > end + 2_000_000_000L) {
                break;
            }
        }
    }

    private void settle() {
        ShadowApplication shadow = Shadows.shadowOf(application);
        for (Intent intent = shadow.getNextStartedActivity(); intent != null;
                intent = shadow.getNextStartedActivity()) {
            if (!ASK.equals(intent.getAction())) {
                start(intent);
            }
        }
        services.settle();
        receivers.settle();
        while (!stack.isEmpty() && stack.peek().get().isFinishing()) {
            ActivityController<? extends Activity> gone = stack.pop();
            Crash.guard("destroy", () -> {
                gone.pause();
                gone.stop();
                gone.destroy();
            });
            Crash.guard("windows", () -> Screen.closeAllOf(gone.get()));
            ActivityController<? extends Activity> next = stack.peek();
            if (next != null && !next.get().isFinishing()) {
                Crash.guard("resume", () -> next.start().resume().visible());
            }
        }
    }

    /** Answers a request for permissions that stands; gives what was asked, empty where nothing was. */
    String answerPermissions(boolean grant) {
        if (stack.isEmpty()) {
            return "";
        }
        Activity activity = stack.peek().get();
        ShadowActivity shadow = Shadows.shadowOf(activity);
        ShadowActivity.PermissionsRequest request = shadow.getLastRequestedPermission();
        if (request == null) {
            return "";
        }
        int[] results = new int[request.requestedPermissions.length];
        Arrays.fill(results, grant ? PackageManager.PERMISSION_GRANTED : PackageManager.PERMISSION_DENIED);
        if (grant) {
            for (String permission : request.requestedPermissions) {
                Phone.grant(permission);
            }
        }
        ReflectionHelpers.setField(ShadowActivity.class, shadow, "lastRequestedPermission", null);
        Intent answer = new Intent(ASK)
                .putExtra("android.content.pm.extra.REQUEST_PERMISSIONS_NAMES", request.requestedPermissions)
                .putExtra("android.content.pm.extra.REQUEST_PERMISSIONS_RESULTS", results);
        Crash.guard("onRequestPermissionsResult", () -> shadow.internalCallDispatchActivityResult(
                "@android:requestPermissions:", request.requestCode, Activity.RESULT_OK, answer));
        return String.join(",", request.requestedPermissions);
    }

    /** Goes back as the system's gesture would; the last activity stays. */
    void back() {
        if (stack.stream().filter(controller -> !controller.get().isFinishing()).count() > 1) {
            Activity activity = stack.peek().get();
            Crash.guard("onBackPressed", activity::onBackPressed);
            if (!activity.isFinishing()) {
                activity.finish();
            }
            settle();
        }
    }

    /** Leaves the app as the home button would. */
    void background() {
        if (stack.isEmpty()) {
            return;
        }
        ActivityController<? extends Activity> top = stack.peek();
        Crash.guard("onUserLeaveHint", top::userLeaving);
        Crash.guard("onPause", () -> top.topActivityResumed(false).pause());
        Crash.guard("onStop", top::stop);
        Crash.guard("onTrimMemory", () -> application.onTrimMemory(20));
    }
}
