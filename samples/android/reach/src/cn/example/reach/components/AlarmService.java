package cn.example.reach.components;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import cn.example.reach.Reads;

/** Started by an alarm that Application.onCreate sets one second ahead. */
public final class AlarmService extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        Reads.alarmService(this);
        return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
