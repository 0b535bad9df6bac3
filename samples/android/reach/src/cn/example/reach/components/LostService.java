package cn.example.reach.components;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import cn.example.reach.Reads;

/** Declared, not exported, and nobody starts it. */
public final class LostService extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        Reads.lostService(this);
        return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
