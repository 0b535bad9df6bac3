package com.tencent.bugly.crashreport.common.info;

import android.content.Context;
import android.telephony.TelephonyManager;

/** Stand-in: reads the name of the operator, which identifies nobody by itself. */
public final class DeviceInfo {
    private DeviceInfo() {}

    public static String readOperator(Context context) {
        TelephonyManager phone =
            (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
        return phone.getNetworkOperatorName();
    }
}
