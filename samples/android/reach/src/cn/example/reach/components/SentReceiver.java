package cn.example.reach.components;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import cn.example.reach.Reads;

/** Application.onCreate sends it an explicit broadcast. */
public final class SentReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Reads.sentReceiver(context);
    }
}
