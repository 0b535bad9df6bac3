package cn.edu.example.xyt;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import cn.edu.example.xyt.collect.Reporter;

/** Stays in memory and reports; any app may start it. */
public final class KeepAliveService extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        Reporter.send("alive", "1");
        return START_STICKY;
    }
}
