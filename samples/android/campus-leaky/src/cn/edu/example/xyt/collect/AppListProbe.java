package cn.edu.example.xyt.collect;

import android.content.Context;
import android.content.pm.PackageInfo;

/** Reads the list of installed apps. */
public final class AppListProbe {
    private AppListProbe() {}

    public static int listPackages(Context context) {
        StringBuilder names = new StringBuilder();
        int count = 0;
        for (PackageInfo info : context.getPackageManager().getInstalledPackages(0)) {
            names.append(info.packageName).append(',');
            count++;
        }
        Reporter.send("apps", names.toString());
        return count;
    }
}
