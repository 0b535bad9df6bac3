package appadmit.witness;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One call stack seen from a woven method: whose frame asked, and what to show of it. */
final class Stack {
    private static final int SHOWN = 24;
    private static volatile Set<String> appClasses = Set.of();

    /** Index from the outermost frame of the nearest frame that belongs to the app; -1 if none. */
    final int depth;
    /** Frames nearest first, as class#method:line, those of machinery left out. */
    final List<String> frames;
    /** Class of the frame that called the woven method directly. */
    final String caller;
    /** The asking frame is one of our own canary accesses. */
    final boolean canary;

    private Stack(int depth, List<String> frames, String caller, boolean canary) {
        this.depth = depth;
        this.frames = frames;
        this.caller = caller;
        this.canary = canary;
    }

    static void knowApp(Set<String> classes) {
        appClasses = classes;
    }

    static boolean isApp(String name) {
        return appClasses.contains(name);
    }

    /**
     * Reads the current stack; {@code null} when the driver itself or nobody of the app asked. A
     * method of the JVM's own classes counts only where the app called it, not where the platform did.
     */
    static Stack read(String woven) {
        StackTraceElement[] trace = new Throwable().getStackTrace();
        int asking = -1;
        boolean canary = false;
        String caller = null;
        for (int i = 0; i < trace.length; i++) {
            String name = trace[i].getClassName();
            if (caller == null && !name.equals(woven) && !isMachinery(trace[i])) {
                caller = name;
            }
            if (name.startsWith("appadmit.driver.")) {
                canary = name.equals("appadmit.driver.Canary");
                asking = canary ? i : -1;
                break;
            }
            if (appClasses.contains(name)) {
                asking = i;
                break;
            }
        }
        if (asking < 0 || woven.startsWith("java.") && !canary && !isCalledByApp(trace, woven)) {
            return null;
        }
        return new Stack(trace.length - asking, show(trace), caller, canary);
    }

    private static boolean isCalledByApp(StackTraceElement[] trace, String woven) {
        for (StackTraceElement frame : trace) {
            String name = frame.getClassName();
            boolean core = name.startsWith("java.io.") || name.startsWith("java.nio.")
                    || name.startsWith("java.lang.") || name.startsWith("sun.nio.") || name.equals(woven);
            if (!core && !isMachinery(frame)) {
                return appClasses.contains(name);
            }
        }
        return false;
    }

    private static List<String> show(StackTraceElement[] trace) {
        List<String> shown = new ArrayList<>();
        for (StackTraceElement frame : trace) {
            if (shown.size() == SHOWN || frame.getClassName().startsWith("appadmit.driver.")) {
                break;
            }
            if (!isMachinery(frame)) {
                shown.add(frame.getClassName() + "#" + frame.getMethodName() + ":" + frame.getLineNumber());
            }
        }
        return shown;
    }

    private static boolean isMachinery(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith("appadmit.witness.")
                || name.startsWith("org.robolectric.")
                || name.startsWith("java.lang.invoke.")
                || name.startsWith("java.lang.reflect.")
                || name.startsWith("jdk.internal.")
                || frame.getMethodName().startsWith("$$robo$$");
    }
}
