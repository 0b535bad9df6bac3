package appadmit.witness;

import java.util.Map;

/** Which content authority asks for which permission; other queries need none. */
final class Authorities {
    private static final Map<String, String> READ = Map.of(
            "com.android.contacts", "android.permission.READ_CONTACTS",
            "contacts", "android.permission.READ_CONTACTS",
            "icc", "android.permission.READ_CONTACTS",
            "call_log", "android.permission.READ_CALL_LOG",
            "sms", "android.permission.READ_SMS",
            "mms", "android.permission.READ_SMS",
            "mms-sms", "android.permission.READ_SMS",
            "com.android.calendar", "android.permission.READ_CALENDAR");

    private Authorities() {}

    /** Says whether the permissions of this hook count for these arguments. */
    static boolean needPermission(Hook hook, String[] arguments) {
        if (!hook.owner.equals("android.content.ContentResolver")) {
            return true;
        }
        String wanted = arguments.length == 0 ? null : READ.get(authority(arguments[0]));
        return wanted != null && !Permissions.holds(wanted);
    }

    private static String authority(String uri) {
        if (!uri.startsWith("content://")) {
            return "";
        }
        int end = uri.indexOf('/', 10);
        return end < 0 ? uri.substring(10) : uri.substring(10, end);
    }
}
