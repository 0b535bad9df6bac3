package com.igexin.sdk;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;

/** Stand-in. */
public class PushService extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
