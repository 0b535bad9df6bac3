package appadmit.witness;

import java.util.Arrays;

/** What app code asks of the machine below it: native code, files of a phone, the end of life. */
public final class Host {
    private static volatile String root = "";
    private static volatile long skipped;

    private Host() {}

    public static String root() {
        return root;
    }

    public static void setRoot(String directory) {
        root = directory;
    }

    /** Moves the clock that the app reads; real time goes on beneath. */
    public static void skip(long milliseconds) {
        skipped += milliseconds;
    }

    /** Stands for System.currentTimeMillis. */
    public static long now() {
        return System.currentTimeMillis() + skipped;
    }

    /** Stands for System.loadLibrary and load. */
    public static void load(String library) {
        tell("native_load", library, "");
    }

    /** Stands for the body of a native method of the app. */
    public static void nativeMethod(String method) {
        tell("native_call", method, "");
    }

    /** Stands for System.exit, Runtime.exit and halt. */
    public static void exit(int status) {
        tell("exit", Integer.toString(status), "");
        throw new Ended();
    }

    /** Stands for Process.killProcess; an app can only kill itself. */
    public static void kill(int pid) {
        exit(9);
    }

    /** Maps an absolute path of a phone to the one laid out for this run. */
    public static String path(String path) {
        if (path == null || !isPhonePath(path)) {
            return path;
        }
        tell("file", path, "");
        boolean shared = path.startsWith("/sdcard") || path.startsWith("/storage");
        return root + (shared && !Permissions.holdsStorage() ? "/denied" : "") + path;
    }

    /** Gives the path as the app knows it. */
    static String unmap(String path) {
        if (root.isEmpty() || !path.startsWith(root + "/")) {
            return path;
        }
        String rest = path.substring(root.length());
        return rest.startsWith("/denied/") ? rest.substring(7) : rest;
    }

    private static boolean isPhonePath(String path) {
        for (String top : new String[] {"/proc", "/sys", "/system", "/sdcard", "/storage", "/data", "/dev", "/etc"}) {
            if (path.equals(top) || path.startsWith(top + "/")) {
                return !path.startsWith(root);
            }
        }
        return false;
    }

    private static void tell(String kind, String what, String detail) {
        Stack stack = Stack.read("appadmit.witness.Host");
        Channel.send(kind, new Line()
                .put("what", what)
                .put("detail", detail)
                .put("stack", stack == null ? Arrays.asList() : stack.frames)
                .put("thread", Thread.currentThread().getName()));
    }

    /** The app ended itself. */
    public static final class Ended extends Error {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("the app ended itself", null, false, false);
        }
    }
}
