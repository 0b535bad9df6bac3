package appadmit.witness;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/** What may be shown of arguments and results: short texts of harmless kinds, never contents. */
final class Shown {
    private static final int LONGEST = 200;
    private static final int MOST = 12;

    private Shown() {}

    static String[] arguments(Object[] values) {
        String[] shown = new String[Math.min(values.length, MOST)];
        for (int i = 0; i < shown.length; i++) {
            try {
                shown[i] = cut(argument(values[i]));
            } catch (ReflectiveOperationException | RuntimeException unreadable) {
                shown[i] = values[i].getClass().getName();
            }
        }
        return shown;
    }

    private static String argument(Object value) throws ReflectiveOperationException {
        if (value == null) {
            return "";
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean
                || value instanceof java.io.File || value instanceof java.nio.file.Path) {
            return Host.unmap(String.valueOf(value));
        }
        if (value instanceof String[]) {
            return String.join(" ", (String[]) value);
        }
        if (value instanceof ProcessBuilder) {
            return String.join(" ", ((ProcessBuilder) value).command());
        }
        if (value instanceof java.net.URL) {
            return ((java.net.URL) value).getProtocol() + "://" + ((java.net.URL) value).getHost();
        }
        if (value instanceof java.net.InetSocketAddress) {
            return ((java.net.InetSocketAddress) value).getHostString() + ":"
                    + ((java.net.InetSocketAddress) value).getPort();
        }
        return platformObject(value, value.getClass().getName());
    }

    private static String platformObject(Object value, String name) throws ReflectiveOperationException {
        if (name.startsWith("android.net.Uri$")) {
            return String.valueOf(value);
        }
        return switch (name) {
            case "android.content.Intent" -> ask(value, "getAction") + "\n" + ask(value, "getType") + "\n"
                    + target(value) + "\n" + categories(value);
            case "android.content.IntentFilter" -> actions(value);
            case "android.content.ComponentName", "android.content.pm.VersionedPackage" -> ask(value, "getPackageName");
            case "android.hardware.Sensor" -> ask(value, "getType");
            default -> name;
        };
    }

    private static String categories(Object intent) throws ReflectiveOperationException {
        Object found = intent.getClass().getMethod("getCategories").invoke(intent);
        return found instanceof Collection ? String.join(" ", ((Collection<?>) found).toArray(new String[0])) : "";
    }

    private static String target(Object intent) throws ReflectiveOperationException {
        Object component = intent.getClass().getMethod("getComponent").invoke(intent);
        return component == null ? ask(intent, "getPackage") : ask(component, "getPackageName");
    }

    private static String actions(Object filter) throws ReflectiveOperationException {
        StringBuilder text = new StringBuilder();
        Iterator<?> actions = (Iterator<?>) filter.getClass().getMethod("actionsIterator").invoke(filter);
        while (actions != null && actions.hasNext()) {
            text.append(text.length() == 0 ? "" : " ").append(actions.next());
        }
        return text.toString();
    }

    private static String ask(Object value, String getter) throws ReflectiveOperationException {
        Object answer = value.getClass().getMethod(getter).invoke(value);
        return answer == null ? "" : String.valueOf(answer);
    }

    static boolean isEmpty(Object result) {
        if (result == null || result.equals("") || result.equals("02:00:00:00:00:00")
                || result.equals("unknown") || result.equals("<unknown ssid>")) {
            return true;
        }
        if (result instanceof Collection) {
            return ((Collection<?>) result).isEmpty();
        }
        if (result instanceof Map) {
            return ((Map<?, ?>) result).isEmpty();
        }
        return result.getClass().isArray() && Array.getLength(result) == 0;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
