package appadmit.convert;

import appadmit.witness.Line;
import com.googlecode.d2j.Method;
import com.googlecode.d2j.dex.BaseDexExceptionHandler;
import com.googlecode.d2j.node.DexMethodNode;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.MethodVisitor;

/** Remembers what could not be converted; a method that fails throws when it is run. */
final class Failures extends BaseDexExceptionHandler {
    private static final int MOST = 2000;
    private final List<String> methods = new ArrayList<>();

    @Override
    public void handleFileException(Exception error) {
        note("file: " + error);
    }

    @Override
    public void handleMethodTranslateException(
            Method method, DexMethodNode node, MethodVisitor visitor, Exception error) {
        super.handleMethodTranslateException(method, node, visitor, error);
        note(method.getOwner() + "->" + method.getName() + method.getDesc());
    }

    private synchronized void note(String text) {
        if (methods.size() < MOST) {
            methods.add(text);
        }
    }

    String json() {
        String object = new Line().put("m", methods).close();
        return object.substring(5, object.length() - 1);
    }
}
