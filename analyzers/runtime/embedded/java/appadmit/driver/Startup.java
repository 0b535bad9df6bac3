package appadmit.driver;

import android.app.ActivityThread;
import android.app.Application;
import android.app.LoadedApk;
import android.content.ContentProvider;
import android.content.Context;
import android.content.pm.PackageParser;
import android.content.pm.ProviderInfo;
import appadmit.witness.Channel;
import appadmit.witness.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.manifest.AndroidManifest;
import org.robolectric.shadows.ShadowApplication;
import org.robolectric.shadows.ShadowContentResolver;
import org.robolectric.shadows.ShadowPackageParser;
import org.robolectric.util.ReflectionHelpers;
import org.robolectric.util.ReflectionHelpers.ClassParameter;

/**
 * The steps between nothing and a living application, in the order of a phone: phone laid out,
 * witness proved awake, constructor, attachBaseContext, providers by init order, onCreate.
 * The agent leads the environment's own steps here.
 */
public final class Startup {
    private static PackageParser.Package parsed;
    private static boolean ended;

    private Startup() {}

    static PackageParser.Package parsed() {
        return parsed;
    }

    static boolean hasEnded() {
        return ended;
    }

    /** Stands for the constructor call of the application and of the bind data. */
    @SuppressWarnings("unchecked")
    public static <T> T callConstructor(Class<? extends T> type, ClassParameter<?>... parameters) {
        if (!Application.class.isAssignableFrom(type)) {
            return ReflectionHelpers.callConstructor(type, parameters);
        }
        parsed = ShadowPackageParser.callParsePackage(java.nio.file.Path.of(System.getProperty("appadmit.apk")));
        Application nobody = ActivityThread.currentApplication();
        RuntimeEnvironment.application = nobody;
        RuntimeEnvironment.setApplicationSupplier(() -> RuntimeEnvironment.application);
        Phone.layOut(RuntimeEnvironment.systemContext, parsed);
        Canary.sing("before_first_line", RuntimeEnvironment.systemContext);
        Channel.send("gate", new Line().put("application", type.getName()));
        List<T> made = new ArrayList<>();
        step("constructor", () -> made.add(ReflectionHelpers.callConstructor(type, parameters)));
        return made.isEmpty() ? (T) new Application() : made.get(0);
    }

    /** Stands for ShadowApplication.callAttach, which leads into attachBaseContext. */
    public static void callAttach(ShadowApplication shadow, Context context) {
        if (parsed == null) {
            shadow.callAttach(context);
            return;
        }
        step("restore", () -> State.restore(context));
        step("attachBaseContext", () -> shadow.callAttach(context));
    }

    /** Stands for the registration of manifest receivers; a phone creates providers here. */
    public static void registerBroadcastReceivers(Application application, AndroidManifest manifest, LoadedApk apk) {
        Phone.settle(application, parsed);
        List<ProviderInfo> infos = new ArrayList<>();
        for (PackageParser.Provider provider : parsed.providers) {
            infos.add(provider.info);
        }
        infos.sort(Comparator.comparingInt((ProviderInfo info) -> info.initOrder).reversed());
        for (ProviderInfo info : infos) {
            boolean other = info.processName != null && !info.processName.equals(application.getPackageName());
            if (other || !info.enabled) {
                Channel.send("skipped", new Line().put("component", info.name).put("why", other ? "process" : "disabled"));
            } else {
                step("provider " + info.name, () -> create(application, info));
            }
        }
    }

    private static void create(Application application, ProviderInfo info) throws ReflectiveOperationException {
        Class<?> type = Class.forName(info.name, true, application.getClassLoader());
        ContentProvider provider = (ContentProvider) type.getDeclaredConstructor().newInstance();
        if (info.authority != null) {
            for (String authority : info.authority.split(";")) {
                ShadowContentResolver.registerProviderInternal(authority, provider);
            }
        }
        provider.attachInfo(application, info);
    }

    static void onCreate(Runnable onCreate) {
        step("onCreate", onCreate::run);
        Channel.send("created", new Line());
    }

    private static void step(String name, Crash.Step step) {
        if (ended) {
            return;
        }
        try {
            Crash.guard(name, step);
        } catch (Crash.Ended end) {
            ended = true;
        }
    }
}
