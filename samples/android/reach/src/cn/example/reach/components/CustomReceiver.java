package cn.example.reach.components;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import cn.example.reach.Reads;

/** Waits for an action that nobody sends. */
public final class CustomReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Reads.customReceiver(context);
    }
}
