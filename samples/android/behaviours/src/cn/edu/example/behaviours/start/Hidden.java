package cn.edu.example.behaviours.start;

import android.content.Context;
import android.provider.Settings;
import cn.edu.example.behaviours.Plan;
import java.lang.reflect.Method;

/** Reads whose names do not stand in the call: reflection, and a key that is put together. */
public final class Hidden {
    private Hidden() {}

    public static void readAll(Context context) {
        Plan.once(context, "reflection-wifi-mac", () -> reflectMac(context));
        Plan.once(context, "reflection-property", Hidden::reflectProperty);
        Plan.once(context, "variable-android-id", () -> readByVariable(context, "android", "id"));
        Plan.once(context, "other-setting", () -> readOther(context));
    }

    private static void reflectMac(Context context) throws Exception {
        Object info = Threads.wifi(context).getConnectionInfo();
        Method method = Class.forName("android.net.wifi.WifiInfo").getMethod("getMacAddress");
        method.invoke(info);
    }

    private static void reflectProperty() throws Exception {
        Class<?> properties = Class.forName("android.os.SystemProperties");
        properties.getMethod("get", String.class).invoke(null, "ro.serialno");
    }

    private static void readByVariable(Context context, String first, String second) {
        String key = new StringBuilder(first).append('_').append(second).toString();
        Settings.System.getString(context.getContentResolver(), key);
    }

    /** A setting that says nothing about the device or its owner. */
    private static void readOther(Context context) {
        Settings.Secure.getString(context.getContentResolver(), "touch_exploration_enabled");
    }
}
