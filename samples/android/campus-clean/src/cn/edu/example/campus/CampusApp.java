package cn.edu.example.campus;

import android.app.Application;
import com.umeng.commonsdk.UMConfigure;

/** Starts SDKs only where the user has agreed before. */
public final class CampusApp extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        UMConfigure.preInit(this, Sdks.UMENG_KEY, Sdks.CHANNEL);
        if (Consent.isGiven(this)) {
            Sdks.start(this);
        }
    }
}
