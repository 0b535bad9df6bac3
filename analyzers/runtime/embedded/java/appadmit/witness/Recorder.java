package appadmit.witness;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What woven code calls. Lies on the boot class path so that both the platform's and the app's
 * classes reach the same one; it only watches, except that a missing permission is answered as a
 * phone would answer it and that no host program is ever started.
 */
public final class Recorder {
    private static final int EQUAL_SHOWN = 3;
    private static final ThreadLocal<Call> CURRENT = new ThreadLocal<>();
    private static final ThreadLocal<Boolean> BUSY = new ThreadLocal<>();
    private static final ConcurrentHashMap<String, AtomicInteger> SEEN = new ConcurrentHashMap<>();
    private static Hook[] hooks = {};
    private static volatile boolean listening;

    private Recorder() {}

    /** Makes the recorder ready; called once by the agent before any class of the app is defined. */
    public static void open(Hook[] catalogue, Set<String> appClasses, byte[] key) throws Exception {
        Channel.open(key);
        hooks = catalogue;
        Stack.knowApp(appClasses);
        listening = true;
    }

    public static boolean isApp(String name) {
        return Stack.isApp(name);
    }

    /** Opens the next phase: what was equal in the last one is told anew. */
    public static void enterPhase(String name) {
        Channel.enterPhase(name);
        SEEN.clear();
    }

    /** A woven method begins. Gives the open call, or null where nobody of the app asked. */
    public static Call enter(int hook, Object[] arguments) throws IOException {
        if (!listening || BUSY.get() != null) {
            return null;
        }
        BUSY.set(true);
        try {
            Stack stack = Stack.read(hooks[hook].declaring);
            Call outer = CURRENT.get();
            if (stack == null || (outer != null && outer.stack.depth >= stack.depth)) {
                return null;
            }
            Call call = new Call(hook, stack, Shown.arguments(arguments), outer);
            CURRENT.set(call);
            return call;
        } finally {
            BUSY.remove();
        }
    }

    /** The answer a phone would give instead of running the method; called right after enter. */
    public static void refuse(Call call, int hook) throws IOException {
        Hook place = hooks[hook];
        if (call != null && place.startsProgram) {
            throw new IOException("error=2, No such file or directory");
        }
        if (call != null && Permissions.isMissing(place, call.arguments)) {
            throw new SecurityException(place.owner + "#" + place.member + ": permission denied");
        }
    }

    /** The method came back with a result. */
    public static void leave(Call call, Object result) {
        if (call != null) {
            end(call, Shown.isEmpty(result) ? "empty" : "returned", "");
        }
    }

    /** The method came back without a result to look at. */
    public static void leaveVoid(Call call) {
        if (call != null) {
            end(call, "returned", "");
        }
    }

    /** The method threw. */
    public static void fail(Call call, Throwable thrown) {
        if (call != null) {
            end(call, isDenial(thrown) ? "denied" : "unknown", thrown.getClass().getName());
        }
    }

    /** A phone keeps /proc and /sys from apps by permission; here such files are simply not there. */
    private static boolean isDenial(Throwable thrown) {
        return thrown instanceof SecurityException || thrown instanceof java.io.FileNotFoundException;
    }

    /** A field of the catalogue was read by code of the app. */
    public static void field(Object value, int hook) throws IOException {
        Call call = enter(hook, new Object[0]);
        leave(call, value);
    }

    private static void end(Call call, String result, String thrown) {
        CURRENT.set(call.outer);
        BUSY.set(true);
        try {
            emit(call, result, thrown);
        } finally {
            BUSY.remove();
        }
    }

    private static void emit(Call call, String result, String thrown) {
        Hook hook = hooks[call.hook];
        String key = call.hook + result + call.stack.frames + Arrays.toString(call.arguments);
        int count = SEEN.computeIfAbsent(key, unused -> new AtomicInteger()).incrementAndGet();
        if (SEEN.size() > 20_000) {
            SEEN.clear();
        }
        if (count > EQUAL_SHOWN && Integer.bitCount(count) != 1) {
            return;
        }
        Channel.send(call.stack.canary ? "canary" : "event", new Line()
                .put("owner", hook.owner)
                .put("member", hook.member)
                .put("desc", hook.descriptor)
                .put("args", Arrays.asList(call.arguments))
                .put("result", result)
                .put("thrown", thrown)
                .put("caller", call.stack.caller)
                .put("stack", call.stack.frames)
                .put("thread", Thread.currentThread().getName())
                .put("count", count));
    }
}
