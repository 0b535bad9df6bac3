package cn.edu.example.xyt;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;

/** Exported, but guarded by a signature permission of the app. */
public final class SyncService extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
