package appadmit.driver;

import android.app.Application;
import android.content.Context;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.PackageParser;
import android.content.pm.PermissionInfo;
import android.location.Location;
import android.location.LocationManager;
import android.net.wifi.WifiInfo;
import android.net.wifi.WifiManager;
import android.os.SystemClock;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import appadmit.witness.Channel;
import appadmit.witness.Line;
import appadmit.witness.Permissions;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowBuild;
import org.robolectric.shadows.ShadowInstrumentation;
import org.robolectric.shadows.ShadowTelephonyManager;
import org.robolectric.shadows.ShadowWifiInfo;
import org.robolectric.util.ReflectionHelpers;
import org.robolectric.util.ReflectionHelpers.ClassParameter;

/** A plausible phone: seeded identifiers that can be recognised, permissions as after an install. */
final class Phone {
    private Phone() {}

    /** Lays out what needs no application yet. */
    static void layOut(Context system, PackageParser.Package parsed) {
        Seeds seeds = Seeds.read();
        System.setProperty("java.vm.version", "2.1.0");
        System.setProperty("java.vm.name", "Dalvik");
        System.setProperty("http.agent", "Dalvik/2.1.0 (Linux; U; Android 14; " + seeds.text("model") + ")");
        ShadowBuild.setModel(seeds.text("model"));
        ShadowBuild.setManufacturer(seeds.text("manufacturer"));
        ShadowBuild.setBrand(seeds.text("brand"));
        ShadowBuild.setDevice(seeds.text("device"));
        ShadowBuild.setProduct(seeds.text("device"));
        ShadowBuild.setHardware("qcom");
        ShadowBuild.setFingerprint(seeds.text("fingerprint"));
        ShadowBuild.setSerial("unknown"); // what every app gets since Android 8
        part("settings", () -> Settings.Secure.putString(
                system.getContentResolver(), "android_id", seeds.text("android_id")));
        part("old settings", () -> Settings.System.putString(
                system.getContentResolver(), "android_id", seeds.text("android_id")));
        part("files", () -> PhoneFiles.write(seeds));
        part("telephony", () -> telephony(system, seeds));
        part("wifi", () -> wifi(system, seeds));
        part("location", () -> location(system, seeds));
        part("permissions", () -> grantAtInstall(system, parsed));
        part("authorities", () -> Contents.register(seeds));
    }

    /** Lays out what needs the application's context. */
    static void settle(Application application, PackageParser.Package parsed) {
        Seeds seeds = Seeds.read();
        part("settings", () -> Settings.Secure.putString(
                application.getContentResolver(), "android_id", seeds.text("android_id")));
        part("telephony", () -> telephony(application, seeds));
        part("wifi", () -> wifi(application, seeds));
        part("location", () -> location(application, seeds));
        part("clipboard", () -> application.getSystemService(android.content.ClipboardManager.class)
                .setPrimaryClip(android.content.ClipData.newPlainText("", seeds.text("clipboard"))));
        part("packages", () -> packages(application, seeds));
    }

    private static void part(String name, Crash.Step step) {
        try {
            step.run();
        } catch (Throwable error) {
            Channel.send("phone_failed", new Line().put("part", name).put("error", String.valueOf(error)));
        }
    }

    private static void telephony(Context context, Seeds seeds) {
        ShadowTelephonyManager shadow = Shadow.extract(context.getSystemService(TelephonyManager.class));
        shadow.setDeviceId(seeds.text("imei"));
        shadow.setImei(seeds.text("imei"));
        shadow.setImei(0, seeds.text("imei"));
        shadow.setDeviceId(0, seeds.text("imei"));
        shadow.setSubscriberId(seeds.text("imsi"));
        shadow.setSimSerialNumber(seeds.text("iccid"));
        shadow.setLine1Number(seeds.text("number"));
        shadow.setSimOperator("46000");
        shadow.setNetworkOperator("46000");
        shadow.setSimOperatorName("中国移动");
        shadow.setNetworkOperatorName("中国移动");
        shadow.setSimCountryIso("cn");
        shadow.setNetworkCountryIso("cn");
    }

    private static void wifi(Context context, Seeds seeds) {
        WifiInfo info = ShadowWifiInfo.newInstance();
        ShadowWifiInfo shadow = Shadow.extract(info);
        shadow.setMacAddress("02:00:00:00:00:00"); // what every app gets since Android 6
        shadow.setSSID(seeds.text("ssid"));
        shadow.setBSSID(seeds.text("bssid"));
        Shadows.shadowOf(context.getSystemService(WifiManager.class)).setConnectionInfo(info);
    }

    private static void location(Context context, Seeds seeds) {
        LocationManager manager = context.getSystemService(LocationManager.class);
        for (String provider : new String[] {"gps", "network", "passive"}) {
            Location location = new Location(provider);
            location.setLatitude(Double.parseDouble(seeds.text("latitude")));
            location.setLongitude(Double.parseDouble(seeds.text("longitude")));
            location.setTime(System.currentTimeMillis());
            location.setElapsedRealtimeNanos(SystemClock.elapsedRealtimeNanos());
            Shadows.shadowOf(manager).setLastKnownLocation(provider, location);
        }
    }

    private static void packages(Context context, Seeds seeds) {
        for (String name : (seeds.text("packages") + "," + seeds.text("package")).split(",")) {
            PackageInfo info = new PackageInfo();
            info.packageName = name;
            info.versionName = "1.0";
            info.applicationInfo = new android.content.pm.ApplicationInfo();
            info.applicationInfo.packageName = name;
            Shadows.shadowOf(context.getPackageManager()).installPackage(info);
        }
    }

    /** Normal permissions are granted; dangerous ones below target 23, or when asked beforehand. */
    private static void grantAtInstall(Context system, PackageParser.Package parsed) {
        boolean all = parsed.applicationInfo.targetSdkVersion < 23
                || Boolean.getBoolean("appadmit.pregranted");
        for (String permission : parsed.requestedPermissions) {
            if (all || !isDangerous(system, permission)) {
                grant(permission);
            }
        }
    }

    private static boolean isDangerous(Context system, String permission) {
        return Seeds.dangerous().contains(permission);
    }

    static void grant(String permission) {
        Permissions.grant(permission);
        ShadowInstrumentation shadow = Shadow.extract(ShadowInstrumentation.getInstrumentation());
        ReflectionHelpers.callInstanceMethod(ShadowInstrumentation.class, shadow, "grantPermissions",
                ClassParameter.from(String[].class, new String[] {permission}));
    }
}
