import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.R8;
import com.android.tools.r8.R8Command;
import com.android.tools.r8.origin.Origin;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compiles many inputs in one virtual machine: each line of the list is D8 or R8 and its arguments. */
class CorpusCompile {
  public static void main(String[] arguments) throws Exception {
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      String[] words = line.split("\t");
      String[] rest = java.util.Arrays.copyOfRange(words, 2, words.length);
      long start = System.currentTimeMillis();
      try {
        if (words[1].equals("D8")) {
          D8.run(D8Command.parse(rest, Origin.unknown()).build());
        } else {
          R8.run(R8Command.parse(rest, Origin.unknown()).build());
        }
        System.out.println("ok\t" + words[0] + "\t" + (System.currentTimeMillis() - start));
      } catch (Exception error) {
        System.out.println("failed\t" + words[0] + "\t" + String.valueOf(error.getCause()).replace('\n', ' '));
      }
    }
  }
}
