package appadmit.driver;

import java.lang.reflect.Method;
import java.util.Properties;
import org.junit.runners.model.FrameworkMethod;
import org.junit.runners.model.InitializationError;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;
import org.robolectric.internal.bytecode.InstrumentationConfiguration;
import org.robolectric.internal.bytecode.Sandbox;

/** The runner: Android 14, the app under test as binary resources, our own classes kept outside. */
public final class GateRunner extends RobolectricTestRunner {
    public GateRunner(Class<?> session) throws InitializationError {
        super(session);
    }

    @Override
    protected Config buildGlobalConfig() {
        return new Config.Builder().setSdk(34).setQualifiers("zh-rCN-w411dp-h891dp-420dpi").build();
    }

    @Override
    protected InstrumentationConfiguration createClassLoaderConfig(FrameworkMethod method) {
        return new InstrumentationConfiguration.Builder(super.createClassLoaderConfig(method))
                .doNotAcquirePackage("appadmit.witness.")
                .doNotAcquirePackage("appadmit.agent.")
                .build();
    }

    @Override
    protected void beforeTest(Sandbox sandbox, FrameworkMethod method, Method bootstrapped) throws Throwable {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> Crash.tell("thread " + thread.getName(), error));
        super.beforeTest(sandbox, method, bootstrapped);
    }

    @Override
    protected Properties getBuildSystemApiProperties() {
        Properties properties = new Properties();
        properties.setProperty("android_merged_manifest", System.getProperty("appadmit.manifest"));
        properties.setProperty("android_resource_apk", System.getProperty("appadmit.apk"));
        properties.setProperty("android_custom_package", System.getProperty("appadmit.package"));
        return properties;
    }
}
