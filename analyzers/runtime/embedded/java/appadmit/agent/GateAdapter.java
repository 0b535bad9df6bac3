package appadmit.agent;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Leads the steps that bring an application to life through our driver. */
final class GateAdapter {
    private static final String STARTUP = "appadmit/driver/Startup";
    private static final String LAB = "appadmit/driver/LabInstrumentation";

    private GateAdapter() {}

    static boolean adapt(ClassNode node) {
        for (MethodNode method : node.methods) {
            if (method.name.equals("pickInstrumentation")) {
                useLab(method);
            }
            for (AbstractInsnNode instruction : method.instructions.toArray()) {
                if (instruction instanceof MethodInsnNode call) {
                    redirect(method, call);
                } else if (instruction instanceof FieldInsnNode field && field.getOpcode() == PUTFIELD
                        && (field.name.equals("targetSdkVersion") || field.name.equals("appComponentFactory"))) {
                    method.instructions.set(field, new InsnNode(POP2));
                }
            }
        }
        return true;
    }

    private static void redirect(MethodNode method, MethodInsnNode call) {
        String descriptor = call.desc;
        switch (call.name) {
            case "callConstructor" -> {
                if (!method.name.equals("installAndCreateApplication")) {
                    return;
                }
            }
            case "callAttach" -> descriptor = "(Lorg/robolectric/shadows/ShadowApplication;" + descriptor.substring(1);
            case "registerBroadcastReceivers" -> { }
            default -> {
                return;
            }
        }
        method.instructions.set(call, new MethodInsnNode(INVOKESTATIC, STARTUP, call.name, descriptor, false));
    }

    private static void useLab(MethodNode method) {
        InsnList body = new InsnList();
        body.add(new TypeInsnNode(NEW, LAB));
        body.add(new InsnNode(DUP));
        body.add(new MethodInsnNode(INVOKESPECIAL, LAB, "<init>", "()V", false));
        body.add(new InsnNode(ARETURN));
        method.instructions = body;
        method.tryCatchBlocks.clear();
        method.localVariables = null;
    }
}
