package cn.edu.example.behaviours.later;

import android.content.ClipboardManager;
import android.content.Context;
import android.os.Handler;
import android.os.Looper;
import cn.edu.example.behaviours.Plan;
import com.amap.api.location.AMapLocationClient;
import com.tencent.bugly.crashreport.CrashReport;

/** Only after 同意: the app's own reads and two SDKs. */
public final class Agreement {
    private Agreement() {}

    public static void readAll(Context context) {
        Plan.attempt("agreed-services", () -> listPackages(context));
        Plan.attempt("agreed-amap", () -> new AMapLocationClient(context).startLocation());
        Plan.attempt("agreed-bugly", () -> CrashReport.initCrashReport(context, "0000000001", false));
        new Handler(Looper.getMainLooper()).postDelayed(
            () -> Plan.attempt("agreed-clipboard", () -> readText(context)), 300);
    }

    private static void listPackages(Context context) {
        context.getPackageManager().getInstalledApplications(0);
    }

    private static void readText(Context context) {
        ((ClipboardManager) context.getSystemService(Context.CLIPBOARD_SERVICE)).getText();
    }
}
