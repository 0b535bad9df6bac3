package cn.edu.example.campus;

import android.content.Context;
import com.tencent.bugly.crashreport.CrashReport;
import com.umeng.commonsdk.UMConfigure;

/** The one place that starts SDKs. */
final class Sdks {
    static final String UMENG_KEY = "5f0000000000000000000002";
    static final String CHANNEL = "campus";

    private Sdks() {}

    static void start(Context context) {
        UMConfigure.init(context, UMENG_KEY, CHANNEL, UMConfigure.DEVICE_TYPE_PHONE, null);
        CrashReport.initCrashReport(context, "0000000002", false);
    }
}
