package appadmit.driver;

import android.app.Application;
import android.app.Service;
import android.content.ComponentName;
import android.content.Intent;
import android.content.pm.PackageParser;
import appadmit.witness.Channel;
import appadmit.witness.Line;
import java.util.HashMap;
import java.util.Map;
import org.robolectric.Robolectric;
import org.robolectric.Shadows;
import org.robolectric.android.controller.ServiceController;
import org.robolectric.shadows.ShadowApplication;

/** The app's own services: prepared for binding, created and started when asked for. */
final class Services {
    private final Application application;
    private final Map<String, ServiceController<? extends Service>> running = new HashMap<>();

    Services(Application application) {
        this.application = application;
    }

    /** Starts what was asked for since the last time; services of other processes are left out. */
    void settle() {
        ShadowApplication shadow = Shadows.shadowOf(application);
        for (Intent intent = shadow.getNextStartedService(); intent != null; intent = shadow.getNextStartedService()) {
            PackageParser.Service service = find(intent);
            if (service == null) {
                Channel.send("service_foreign", new Line().put("intent", String.valueOf(intent)));
            } else if (isElsewhere(service.info.processName)) {
                Channel.send("skipped", new Line().put("component", service.info.name).put("why", "process"));
            } else {
                start(service.info.name, intent);
            }
        }
    }

    private boolean isElsewhere(String process) {
        return process != null && !process.equals(application.getPackageName());
    }

    private PackageParser.Service find(Intent intent) {
        ComponentName component = intent.getComponent();
        for (PackageParser.Service service : Startup.parsed().services) {
            if (component != null && component.getClassName().equals(service.info.name)) {
                return service;
            }
        }
        return null;
    }

    private void start(String name, Intent intent) {
        Crash.guard("service " + name, () -> {
            ServiceController<? extends Service> controller = running.get(name);
            if (controller == null) {
                Class<? extends Service> type = Class.forName(name, true, application.getClassLoader())
                        .asSubclass(Service.class);
                controller = Robolectric.buildService(type, intent);
                running.put(name, controller);
                controller.create();
            }
            Service service = controller.get();
            service.onStartCommand(intent, 0, running.size());
        });
    }
}
