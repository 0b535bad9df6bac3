package cn.edu.example.xyt;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;

/** Starts the background service after boot and whenever the network changes. */
public final class BootReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        context.startService(new Intent(context, KeepAliveService.class));
    }
}
