package cn.edu.example.behaviours.start;

import android.content.Context;
import android.os.Build;
import android.telephony.TelephonyManager;
import cn.edu.example.behaviours.Plan;

/** Identifiers of phone and SIM card, on the main thread. */
public final class Phone {
    private Phone() {}

    public static void readAll(Context context) {
        Plan.once(context, "application-imsi", () -> readImsi(context));
        Plan.once(context, "application-operator", () -> readOperator(context));
        Plan.once(context, "application-model", Phone::readModel);
    }

    public static void readImei(Context context) {
        phone(context).getDeviceId();
    }

    private static void readImsi(Context context) {
        phone(context).getSubscriberId();
    }

    private static void readOperator(Context context) {
        phone(context).getNetworkOperatorName();
    }

    private static void readModel() {
        String model = Build.MODEL;
        if (model == null) {
            throw new IllegalStateException("no model");
        }
    }

    static TelephonyManager phone(Context context) {
        return (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
    }
}
