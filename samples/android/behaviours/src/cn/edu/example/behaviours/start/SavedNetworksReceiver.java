package cn.edu.example.behaviours.start;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import cn.edu.example.behaviours.Plan;

/** Declared in the manifest; lists the saved networks. */
public final class SavedNetworksReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Plan.once(context, "receiver-networks", () -> Threads.wifi(context).getConfiguredNetworks());
    }
}
