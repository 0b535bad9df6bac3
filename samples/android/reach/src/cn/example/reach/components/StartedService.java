package cn.example.reach.components;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import cn.example.reach.Reads;

/** Started by Application.onCreate; never bound. */
public final class StartedService extends Service {
    @Override
    public void onCreate() {
        super.onCreate();
        Reads.startedServiceOnCreate(this);
    }

    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        Reads.startedServiceOnStartCommand(this);
        return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
