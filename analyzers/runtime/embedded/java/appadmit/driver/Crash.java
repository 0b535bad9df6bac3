package appadmit.driver;

import appadmit.witness.Channel;
import appadmit.witness.Host;
import appadmit.witness.Line;
import appadmit.witness.Recorder;
import java.util.ArrayList;
import java.util.List;

/** Tells of exceptions that nobody of the app caught. */
final class Crash {
    private Crash() {}

    /** A step of the app that may throw. */
    interface Step {
        void run() throws Throwable;
    }

    /** Runs a step of the app; a crash is told and gives false, the app's own end is passed on. */
    static boolean guard(String where, Step step) {
        try {
            step.run();
            return true;
        } catch (Throwable error) {
            if (endedBy(error)) {
                throw new Ended();
            }
            tell(where, error);
            return false;
        }
    }

    static boolean endedBy(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof Host.Ended || cause instanceof Ended) {
                return true;
            }
        }
        return false;
    }

    static void tell(String where, Throwable error) {
        if (endedBy(error)) {
            return;
        }
        Throwable cause = error;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        List<String> frames = new ArrayList<>();
        String nearest = "";
        for (StackTraceElement frame : cause.getStackTrace()) {
            String text = frame.getClassName() + "#" + frame.getMethodName() + ":" + frame.getLineNumber();
            if (nearest.isEmpty() && Recorder.isApp(frame.getClassName())) {
                nearest = text;
            }
            if (frames.size() < 24) {
                frames.add(text);
            }
        }
        Channel.send("crash", new Line()
                .put("where", where)
                .put("type", cause.getClass().getName())
                .put("message", String.valueOf(cause.getMessage()))
                .put("frame", nearest)
                .put("stack", frames));
    }

    /** The app ended itself; the session stops at the step it was in. */
    static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
