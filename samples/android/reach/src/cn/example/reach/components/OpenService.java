package cn.example.reach.components;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import cn.example.reach.Reads;

/** Exported; the app itself never starts it, another app may. */
public final class OpenService extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        Reads.openService(this);
        return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
