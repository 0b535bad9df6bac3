package cn.example.reach.components;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import cn.example.reach.Reads;

/** The system starts it after boot, without the user. */
public final class BootReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Reads.bootReceiver(context);
    }
}
