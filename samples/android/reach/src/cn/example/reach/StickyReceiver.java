package cn.example.reach;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;

/** Registered in code for a sticky broadcast: the system calls it at once. */
final class StickyReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Reads.registeredReceiver(context);
    }
}
