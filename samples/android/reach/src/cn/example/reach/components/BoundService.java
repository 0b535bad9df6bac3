package cn.example.reach.components;

import android.app.Service;
import android.content.Intent;
import android.os.Binder;
import android.os.IBinder;
import cn.example.reach.Reads;

/** Bound by StartActivity.onCreate; never started. */
public final class BoundService extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        Reads.boundServiceOnBind(this);
        return new Binder();
    }
}
