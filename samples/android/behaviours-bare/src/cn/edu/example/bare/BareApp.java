package cn.edu.example.bare;

import android.app.Application;
import android.telephony.TelephonyManager;

/** Asks for nothing and reads at once; old target, so the platform grants everything. */
public final class BareApp extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        readImei();
    }

    private void readImei() {
        ((TelephonyManager) getSystemService(TELEPHONY_SERVICE)).getDeviceId();
    }
}
