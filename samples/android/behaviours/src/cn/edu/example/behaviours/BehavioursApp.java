package cn.edu.example.behaviours;

import android.app.Application;
import android.content.Context;
import cn.edu.example.behaviours.start.Components;
import cn.edu.example.behaviours.start.Files;
import cn.edu.example.behaviours.start.Hidden;
import cn.edu.example.behaviours.start.LoadedIdentity;
import cn.edu.example.behaviours.start.Phone;
import cn.edu.example.behaviours.start.Shells;
import cn.edu.example.behaviours.start.Threads;
import cn.jpush.android.api.JPushInterface;
import com.igexin.sdk.PushManager;

/** Everything that happens before the first screen. */
public final class BehavioursApp extends Application {
    @Override
    protected void attachBaseContext(Context base) {
        super.attachBaseContext(base);
        Plan.once(base, "attach-imei", () -> Phone.readImei(base));
    }

    @Override
    public void onCreate() {
        super.onCreate();
        Plan.once(this, "static-serial", () -> LoadedIdentity.load());
        Phone.readAll(this);
        Threads.startAll(this);
        Hidden.readAll(this);
        Files.readAll(this);
        Shells.runAll(this);
        Components.startAll(this);
        Plan.once(this, "sdk-jpush", () -> JPushInterface.init(this));
        Plan.once(this, "sdk-getui", () -> PushManager.getInstance().initialize(this));
        Plan.once(this, "renamed-sdk", () -> new b.a.a.d.a(this).a());
    }
}
