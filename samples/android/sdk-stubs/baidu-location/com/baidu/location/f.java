package com.baidu.location;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;

/** Stand-in. */
public class f extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
