package appadmit.agent;

import appadmit.witness.Channel;
import appadmit.witness.Line;
import appadmit.witness.Recorder;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Changes classes as they are defined: watched methods, the app's ties to the machine, the gate. */
final class Weaver implements ClassFileTransformer {
    private static final String ENVIRONMENT = "org/robolectric/android/internal/AndroidTestEnvironment";

    private final Plan plan;

    Weaver(Plan plan) {
        this.plan = plan;
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (name == null || name.startsWith("appadmit/")) {
            return null;
        }
        boolean app = Recorder.isApp(name.replace('/', '.'));
        boolean gate = name.equals(ENVIRONMENT);
        if (!app && !gate && !plan.watches(name)) {
            return null;
        }
        try {
            return weave(name, bytes, app, gate);
        } catch (RuntimeException | Error error) {
            Channel.send("weave_failed", new Line().put("class", name).put("error", String.valueOf(error)));
            return null;
        }
    }

    private byte[] weave(String name, byte[] bytes, boolean app, boolean gate) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_FRAMES);
        boolean changed = false;
        if (gate) {
            changed = GateAdapter.adapt(node);
        }
        if (app) {
            changed = AppAdapter.adapt(node, plan);
        }
        int placed = 0;
        for (MethodNode method : node.methods) {
            int hook = plan.method(name, method.name, method.desc);
            if (hook >= 0 && HookAdapter.wrap(method, hook)) {
                placed++;
            }
        }
        if (placed > 0) {
            Channel.send("woven", new Line().put("class", name.replace('/', '.')).put("placed", placed));
        }
        if (!changed && placed == 0) {
            return null;
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }
}
