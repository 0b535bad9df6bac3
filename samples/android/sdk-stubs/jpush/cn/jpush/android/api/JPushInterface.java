package cn.jpush.android.api;

import android.content.Context;
import cn.jiguang.api.JCoreInterface;
import cn.jpush.android.service.DeviceReporter;

/** Stand-in. */
public final class JPushInterface {
    private JPushInterface() {}

    public static void setDebugMode(boolean on) {}

    public static void init(Context context) {
        JCoreInterface.start(context);
        DeviceReporter.readAndroidId(context);
    }
}
