package appadmit.agent;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Wraps one method: enter, refuse, body, leave; fail on every way out by exception. */
final class HookAdapter {
    static final String RECORDER = "appadmit/witness/Recorder";
    private static final String CALL = "Lappadmit/witness/Call;";

    private HookAdapter() {}

    /** Wraps the method in place; gives false for a method without a body. */
    static boolean wrap(MethodNode method, int hook) {
        if ((method.access & (ACC_ABSTRACT | ACC_NATIVE)) != 0) {
            return false;
        }
        int call = method.maxLocals;
        int thrown = call + 1;
        for (AbstractInsnNode node : method.instructions.toArray()) {
            if (node.getOpcode() >= IRETURN && node.getOpcode() <= RETURN) {
                method.instructions.insertBefore(node, leave(node.getOpcode(), call));
            }
        }
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        LabelNode handler = new LabelNode();
        InsnList head = new InsnList();
        head.add(new InsnNode(ACONST_NULL));
        head.add(new VarInsnNode(ASTORE, call));
        head.add(start);
        head.add(new LdcInsnNode(hook));
        head.add(arguments(method));
        head.add(recorder("enter", "(I[Ljava/lang/Object;)" + CALL));
        head.add(new VarInsnNode(ASTORE, call));
        head.add(new VarInsnNode(ALOAD, call));
        head.add(new LdcInsnNode(hook));
        head.add(recorder("refuse", "(" + CALL + "I)V"));
        method.instructions.insert(head);
        InsnList tail = new InsnList();
        tail.add(end);
        tail.add(handler);
        tail.add(new VarInsnNode(ASTORE, thrown));
        tail.add(new VarInsnNode(ALOAD, call));
        tail.add(new VarInsnNode(ALOAD, thrown));
        tail.add(recorder("fail", "(" + CALL + "Ljava/lang/Throwable;)V"));
        tail.add(new VarInsnNode(ALOAD, thrown));
        tail.add(new InsnNode(ATHROW));
        method.instructions.add(tail);
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, null));
        method.localVariables = null;
        method.visibleLocalVariableAnnotations = null;
        method.invisibleLocalVariableAnnotations = null;
        return true;
    }

    private static InsnList leave(int opcode, int call) {
        InsnList list = new InsnList();
        if (opcode == ARETURN) {
            list.add(new InsnNode(DUP));
            list.add(new VarInsnNode(ALOAD, call));
            list.add(new InsnNode(SWAP));
            list.add(recorder("leave", "(" + CALL + "Ljava/lang/Object;)V"));
        } else {
            list.add(new VarInsnNode(ALOAD, call));
            list.add(recorder("leaveVoid", "(" + CALL + ")V"));
        }
        return list;
    }

    private static InsnList arguments(MethodNode method) {
        boolean isStatic = (method.access & ACC_STATIC) != 0;
        boolean own = !isStatic && !method.name.equals("<init>");
        Type[] types = Type.getArgumentTypes(method.desc);
        InsnList list = new InsnList();
        list.add(new IntInsnNode(BIPUSH, types.length + (own ? 1 : 0)));
        list.add(new TypeInsnNode(ANEWARRAY, "java/lang/Object"));
        if (own) {
            store(list, types.length, new VarInsnNode(ALOAD, 0), null);
        }
        int local = isStatic ? 0 : 1;
        for (int i = 0; i < types.length; i++) {
            store(list, i, new VarInsnNode(types[i].getOpcode(ILOAD), local), box(types[i]));
            local += types[i].getSize();
        }
        return list;
    }

    private static void store(InsnList list, int index, VarInsnNode load, MethodInsnNode box) {
        list.add(new InsnNode(DUP));
        list.add(new IntInsnNode(BIPUSH, index));
        list.add(load);
        if (box != null) {
            list.add(box);
        }
        list.add(new InsnNode(AASTORE));
    }

    private static MethodInsnNode box(Type type) {
        String wrapper = switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.BYTE -> "java/lang/Byte";
            case Type.CHAR -> "java/lang/Character";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.LONG -> "java/lang/Long";
            case Type.FLOAT -> "java/lang/Float";
            case Type.DOUBLE -> "java/lang/Double";
            default -> null;
        };
        return wrapper == null ? null : new MethodInsnNode(
                INVOKESTATIC, wrapper, "valueOf", "(" + type.getDescriptor() + ")L" + wrapper + ";", false);
    }

    static MethodInsnNode recorder(String name, String descriptor) {
        return new MethodInsnNode(INVOKESTATIC, RECORDER, name, descriptor, false);
    }
}
