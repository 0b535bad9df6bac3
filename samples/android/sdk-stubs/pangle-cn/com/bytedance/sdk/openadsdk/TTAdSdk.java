package com.bytedance.sdk.openadsdk;

import android.content.Context;
import com.bytedance.sdk.openadsdk.core.DeviceReader;

/** Stand-in. */
public final class TTAdSdk {
    private TTAdSdk() {}

    public static void init(Context context, String id) {
        DeviceReader.readSubscriber(context);
    }
}
