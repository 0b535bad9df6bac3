package appadmit.agent;

import appadmit.witness.Channel;
import appadmit.witness.Hook;
import appadmit.witness.Host;
import appadmit.witness.Line;
import appadmit.witness.Permissions;
import appadmit.witness.Recorder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Starts before main: reads the key from standard input, the hook plan and the names of the app's
 * classes from files, and weaves every class as it is defined.
 *
 * <p>Argument: {@code plan=FILE,app=JAR,root=DIR,target=N,phase=NAME}.
 */
public final class Agent {
    private Agent() {}

    public static void premain(String argument, Instrumentation instrumentation) throws Exception {
        Arguments given = Arguments.read(argument);
        Plan plan = Plan.read(given.path("plan"));
        byte[] key = readKey(System.in);
        Host.setRoot(given.text("root"));
        Recorder.enterPhase(given.text("phase"));
        Permissions.setTarget(Integer.parseInt(given.text("target")));
        Recorder.open(plan.hooks().toArray(new Hook[0]), classNames(given.text("app")), key);
        Weaver weaver = new Weaver(plan);
        instrumentation.addTransformer(weaver, true);
        List<String> failed = retransformLoaded(instrumentation, plan);
        Channel.send("agent", new Line()
                .put("hooks", plan.hooks().size())
                .put("java", System.getProperty("java.version"))
                .put("epoch", System.currentTimeMillis())
                .put("failed", failed));
    }

    private static List<String> retransformLoaded(Instrumentation instrumentation, Plan plan) {
        List<String> failed = new ArrayList<>();
        for (String name : plan.platformClasses()) {
            try {
                Class<?> loaded = Class.forName(name.replace('/', '.'), false, null);
                instrumentation.retransformClasses(loaded);
            } catch (ReflectiveOperationException | java.lang.instrument.UnmodifiableClassException
                    | LinkageError error) {
                failed.add(name.replace('/', '.'));
            }
        }
        return failed;
    }

    private static byte[] readKey(InputStream in) throws IOException {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (Character.digit(in.read(), 16) << 4 | Character.digit(in.read(), 16));
        }
        if (in.read() != '\n') {
            throw new IOException("the key line is not 64 hex digits");
        }
        return key;
    }

    private static Set<String> classNames(String jar) throws IOException {
        Set<String> names = new HashSet<>();
        try (ZipFile zip = new ZipFile(jar)) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".class")) {
                    String name = entry.getName();
                    names.add(name.substring(0, name.length() - 6).replace('/', '.'));
                }
            }
        }
        return names;
    }
}
