package appadmit.agent;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Loosens a class of the app from the machine below: native code, exit, phone paths, loaders. */
final class AppAdapter {
    private static final String HOST = "appadmit/witness/Host";

    private AppAdapter() {}

    static boolean adapt(ClassNode node, Plan plan) {
        boolean changed = false;
        for (MethodNode method : node.methods) {
            if ((method.access & ACC_NATIVE) != 0) {
                giveBody(node.name, method);
                changed = true;
            }
            for (AbstractInsnNode instruction : method.instructions.toArray()) {
                changed |= adapt(node, method, instruction, plan);
            }
        }
        return changed;
    }

    private static boolean adapt(ClassNode node, MethodNode method, AbstractInsnNode instruction, Plan plan) {
        if (instruction instanceof FieldInsnNode field && field.getOpcode() == GETSTATIC) {
            int hook = plan.field(field.owner, field.name);
            if (hook >= 0 && field.desc.length() > 1) {
                method.instructions.insert(field, tellField(hook));
                return true;
            }
            return false;
        }
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            return adaptIntercepted(method, dynamic);
        }
        return instruction instanceof MethodInsnNode call && adaptCall(node, method, call);
    }

    private static InsnList tellField(int hook) {
        InsnList list = new InsnList();
        list.add(new InsnNode(DUP));
        list.add(new LdcInsnNode(hook));
        list.add(HookAdapter.recorder("field", "(Ljava/lang/Object;I)V"));
        return list;
    }

    /** Calls that the sandbox has already turned into invokedynamic. */
    private static boolean adaptIntercepted(MethodNode method, InvokeDynamicInsnNode dynamic) {
        Handle bootstrap = dynamic.bsm;
        if (!bootstrap.getName().equals("bootstrapIntrinsic")) {
            return false;
        }
        if (dynamic.name.equals("loadLibrary")) {
            method.instructions.set(dynamic, host("load", "(Ljava/lang/String;)V"));
            return true;
        }
        if (dynamic.name.equals("currentTimeMillis") && dynamic.desc.equals("()J")) {
            method.instructions.set(dynamic, host("now", "()J"));
            return true;
        }
        return false;
    }

    private static boolean adaptCall(ClassNode node, MethodNode method, MethodInsnNode call) {
        String target = call.owner + "." + call.name;
        switch (target) {
            case "java/lang/System.loadLibrary", "java/lang/System.load" ->
                method.instructions.set(call, host("load", "(Ljava/lang/String;)V"));
            case "java/lang/Runtime.loadLibrary", "java/lang/Runtime.load" -> dropReceiver(method, call, "load");
            case "java/lang/System.currentTimeMillis" -> method.instructions.set(call, host("now", "()J"));
            case "java/lang/System.exit" -> method.instructions.set(call, host("exit", "(I)V"));
            case "java/lang/Runtime.exit", "java/lang/Runtime.halt" -> dropReceiver(method, call, "exit");
            case "android/os/Process.killProcess" -> method.instructions.set(call, host("kill", "(I)V"));
            case "java/lang/ClassLoader.getSystemClassLoader" -> useOwnLoader(node, method, call);
            default -> {
                return adaptPath(method, call);
            }
        }
        return true;
    }

    private static void dropReceiver(MethodNode method, MethodInsnNode call, String name) {
        String descriptor = name.equals("load") ? "(Ljava/lang/String;)V" : "(I)V";
        method.instructions.insert(call, new InsnNode(POP));
        method.instructions.set(call, host(name, descriptor));
    }

    private static void useOwnLoader(ClassNode node, MethodNode method, MethodInsnNode call) {
        method.instructions.insertBefore(call, new LdcInsnNode(Type.getObjectType(node.name)));
        method.instructions.set(call, new MethodInsnNode(
                INVOKEVIRTUAL, "java/lang/Class", "getClassLoader", "()Ljava/lang/ClassLoader;", false));
    }

    private static boolean adaptPath(MethodNode method, MethodInsnNode call) {
        boolean opens = switch (call.owner) {
            case "java/io/File", "java/io/FileInputStream", "java/io/FileReader", "java/io/FileOutputStream",
                 "java/io/FileWriter", "java/io/RandomAccessFile" -> call.name.equals("<init>");
            default -> false;
        };
        if (!opens) {
            return false;
        }
        InsnList map = new InsnList();
        if (call.desc.equals("(Ljava/lang/String;)V")) {
            map.add(host("path", "(Ljava/lang/String;)Ljava/lang/String;"));
        } else if (call.owner.equals("java/io/RandomAccessFile") && call.desc.startsWith("(Ljava/lang/String;")
                || call.desc.equals("(Ljava/lang/String;Z)V")
                || call.owner.equals("java/io/File") && call.desc.equals("(Ljava/lang/String;Ljava/lang/String;)V")) {
            map.add(new InsnNode(SWAP));
            map.add(host("path", "(Ljava/lang/String;)Ljava/lang/String;"));
            map.add(new InsnNode(SWAP));
        } else {
            return false;
        }
        method.instructions.insertBefore(call, map);
        return true;
    }

    private static void giveBody(String owner, MethodNode method) {
        method.access &= ~ACC_NATIVE;
        InsnList body = method.instructions;
        body.add(new LdcInsnNode(owner.replace('/', '.') + "#" + method.name + method.desc));
        body.add(host("nativeMethod", "(Ljava/lang/String;)V"));
        Type type = Type.getReturnType(method.desc);
        switch (type.getSort()) {
            case Type.VOID -> { }
            case Type.LONG -> body.add(new InsnNode(LCONST_0));
            case Type.FLOAT -> body.add(new InsnNode(FCONST_0));
            case Type.DOUBLE -> body.add(new InsnNode(DCONST_0));
            case Type.OBJECT, Type.ARRAY -> body.add(new InsnNode(ACONST_NULL));
            default -> body.add(new InsnNode(ICONST_0));
        }
        body.add(new InsnNode(type.getOpcode(IRETURN)));
    }

    private static MethodInsnNode host(String name, String descriptor) {
        return new MethodInsnNode(INVOKESTATIC, HOST, name, descriptor, false);
    }
}
