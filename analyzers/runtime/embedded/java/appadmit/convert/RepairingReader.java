package appadmit.convert;

import com.googlecode.d2j.node.DexFileNode;
import com.googlecode.d2j.reader.BaseDexFileReader;
import com.googlecode.d2j.visitors.DexFileVisitor;
import java.util.List;

/** Hands the code on after repairing what is legal in dex and not in class files. */
final class RepairingReader implements BaseDexFileReader {
    private final BaseDexFileReader reader;

    RepairingReader(BaseDexFileReader reader) {
        this.reader = reader;
    }

    @Override
    public int getDexVersion() {
        return reader.getDexVersion();
    }

    @Override
    public void accept(DexFileVisitor visitor) {
        accept(visitor, 0);
    }

    @Override
    public List<String> getClassNames() {
        return reader.getClassNames();
    }

    @Override
    public void accept(DexFileVisitor visitor, int config) {
        DexFileNode file = new DexFileNode();
        reader.accept(file, config);
        new Constructors(file).repair();
        visitor.visitDexFileVersion(file.dexVersion);
        file.accept(visitor);
    }

    @Override
    public void accept(DexFileVisitor visitor, int index, int config) {
        reader.accept(visitor, index, config);
    }
}
