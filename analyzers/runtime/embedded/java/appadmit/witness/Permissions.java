package appadmit.witness;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which permissions the app holds just now; the driver grants, the recorder asks. */
public final class Permissions {
    private static final Set<String> HELD = ConcurrentHashMap.newKeySet();
    private static volatile int target = 34;

    private Permissions() {}

    public static void setTarget(int targetSdk) {
        target = targetSdk;
    }

    public static void grant(String permission) {
        HELD.add(permission);
    }

    public static boolean holds(String permission) {
        return HELD.contains(permission);
    }

    /** Says whether shared storage is open to the app. */
    static boolean holdsStorage() {
        for (String name : HELD) {
            if (name.endsWith("EXTERNAL_STORAGE") || name.contains(".READ_MEDIA_")) {
                return true;
            }
        }
        return false;
    }

    static boolean isMissing(Hook hook, String[] arguments) {
        if (hook.privileged && target >= 29) {
            return true;
        }
        if (hook.member.equals("<init>") || hook.anyOf.length == 0 || !Authorities.needPermission(hook, arguments)) {
            return false;
        }
        for (String permission : hook.anyOf) {
            if (HELD.contains(permission)) {
                return false;
            }
        }
        return true;
    }
}
