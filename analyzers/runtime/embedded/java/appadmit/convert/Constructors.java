package appadmit.convert;

import com.googlecode.d2j.DexConstants;
import com.googlecode.d2j.Method;
import com.googlecode.d2j.node.DexClassNode;
import com.googlecode.d2j.node.DexCodeNode;
import com.googlecode.d2j.node.DexFileNode;
import com.googlecode.d2j.node.DexMethodNode;
import com.googlecode.d2j.node.insn.DexStmtNode;
import com.googlecode.d2j.node.insn.MethodStmtNode;
import com.googlecode.d2j.node.insn.Stmt0RNode;
import com.googlecode.d2j.node.insn.TypeStmtNode;
import com.googlecode.d2j.reader.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives back constructors that an optimiser removed.
 *
 * <p>{@code new-instance v0, Foo; invoke-direct v0, Bar.<init>()} with Bar above Foo is legal in dex;
 * a class file would create a Bar. The call is turned to Foo, which gets a constructor that calls
 * Bar's.
 */
final class Constructors {
    private final DexFileNode file;
    private final Map<String, DexClassNode> classes = new HashMap<>();

    Constructors(DexFileNode file) {
        this.file = file;
        for (DexClassNode node : file.clzs) {
            classes.put(node.className, node);
        }
    }

    void repair() {
        for (DexClassNode node : new ArrayList<>(file.clzs)) {
            if (node.methods != null) {
                for (DexMethodNode method : new ArrayList<>(node.methods)) {
                    if (method.codeNode != null) {
                        repair(method.codeNode.stmts);
                    }
                }
            }
        }
    }

    private void repair(List<DexStmtNode> statements) {
        Map<Integer, String> fresh = new HashMap<>();
        for (int i = 0; i < statements.size(); i++) {
            DexStmtNode statement = statements.get(i);
            if (statement instanceof TypeStmtNode type && type.op == Op.NEW_INSTANCE) {
                fresh.put(type.a, type.type);
            } else if (statement instanceof MethodStmtNode call && call.method.getName().equals("<init>")
                    && call.args.length > 0) {
                String type = fresh.remove(call.args[0]);
                if (type != null && !type.equals(call.method.getOwner()) && classes.containsKey(type)) {
                    statements.set(i, redirect(call, type));
                }
            }
        }
    }

    private MethodStmtNode redirect(MethodStmtNode call, String type) {
        Method wanted = new Method(type, "<init>", call.method.getProto());
        DexClassNode owner = classes.get(type);
        if (!has(owner, wanted)) {
            if (owner.methods == null) {
                owner.methods = new ArrayList<>();
            }
            owner.methods.add(constructor(wanted, call.method));
        }
        return new MethodStmtNode(call.op, call.args, wanted);
    }

    private static boolean has(DexClassNode owner, Method wanted) {
        if (owner.methods == null) {
            return false;
        }
        return owner.methods.stream().anyMatch(method -> method.method.getName().equals("<init>")
                && method.method.getDesc().equals(wanted.getDesc()));
    }

    private static DexMethodNode constructor(Method wanted, Method above) {
        int registers = 1;
        for (String type : wanted.getParameterTypes()) {
            registers += type.equals("J") || type.equals("D") ? 2 : 1;
        }
        int[] arguments = new int[registers];
        for (int i = 0; i < registers; i++) {
            arguments[i] = i;
        }
        DexCodeNode code = new DexCodeNode();
        code.totalRegister = registers;
        code.stmts.add(new MethodStmtNode(Op.INVOKE_DIRECT_RANGE, arguments, above));
        code.stmts.add(new Stmt0RNode(Op.RETURN_VOID));
        DexMethodNode method = new DexMethodNode(DexConstants.ACC_PUBLIC | DexConstants.ACC_CONSTRUCTOR, wanted);
        method.codeNode = code;
        return method;
    }
}
