package appadmit.driver;

import android.os.Looper;
import appadmit.witness.Host;
import java.time.Duration;
import org.robolectric.Shadows;
import org.robolectric.shadows.ShadowLooper;
import org.robolectric.shadows.ShadowSystemClock;

/** Moves far ahead in virtual time: what is due runs, but not without end. */
final class Leap {
    private static final int MOST_TASKS = 2000;
    private static final long MOST_NANOSECONDS = 1_500_000_000L;

    private Leap() {}

    static void over(long milliseconds) {
        Host.skip(milliseconds);
        ShadowLooper looper = Shadows.shadowOf(Looper.getMainLooper());
        long end = android.os.SystemClock.uptimeMillis() + milliseconds;
        long deadline = System.nanoTime() + MOST_NANOSECONDS;
        for (int i = 0; i < MOST_TASKS && System.nanoTime() < deadline; i++) {
            long next = looper.getNextScheduledTaskTime().toMillis();
            if (next <= 0 || next > end) {
                break;
            }
            long wait = Math.max(1, next - android.os.SystemClock.uptimeMillis());
            Crash.guard("main looper", () -> looper.idleFor(Duration.ofMillis(wait)));
        }
        long left = end - android.os.SystemClock.uptimeMillis();
        if (left > 0) {
            ShadowSystemClock.advanceBy(Duration.ofMillis(left));
            Crash.guard("main looper", looper::idle);
        }
    }
}
