package appadmit.driver;

import appadmit.witness.Channel;
import appadmit.witness.Line;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Result;
import org.junit.runner.notification.Failure;

/** Host side of a run: starts the sandbox with the one session in it, and tells how it ended. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.setOut(System.err);
        try {
            Result result = new JUnitCore().run(Request.aClass(Session.class));
            for (Failure failure : result.getFailures()) {
                Channel.send("driver_failed", new Line().put("trace", cut(failure.getTrace())));
            }
        } catch (Throwable error) {
            Channel.send("driver_failed", new Line().put("trace", String.valueOf(error)));
        }
        Channel.send("over", new Line());
        Runtime.getRuntime().halt(0);
    }

    private static String cut(String trace) {
        return trace.length() < 6000 ? trace : trace.substring(0, 6000);
    }
}
