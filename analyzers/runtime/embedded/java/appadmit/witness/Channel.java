package appadmit.witness;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one way out: numbered, sealed lines on the pipe that the parent owns.
 *
 * <p>Each line carries a sequence number and a seal over its bytes under a key that the parent gave
 * before any code of the app ran; a line that is missing, doubled or forged breaks the chain.
 */
public final class Channel {
    private static final int LONGEST_LINE = 1 << 20;
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    private static final long START = System.nanoTime();
    private static Mac seal;
    private static long number;
    private static volatile String phase = "start";

    private Channel() {}

    static synchronized void open(byte[] key) throws GeneralSecurityException {
        seal = Mac.getInstance("HmacSHA256");
        seal.init(new SecretKeySpec(key, "HmacSHA256"));
    }

    static String phase() {
        return phase;
    }

    static void enterPhase(String name) {
        phase = name;
    }

    static long milliseconds() {
        return (System.nanoTime() - START) / 1_000_000;
    }

    /** Sends one line; a line too long is replaced by a note that it was. */
    public static void send(String kind, Line line) {
        String body = line.open();
        if (body.length() > LONGEST_LINE) {
            body = new Line().put("dropped", kind).put("length", body.length()).open();
            kind = "dropped";
        }
        write(kind, body);
    }

    private static synchronized void write(String kind, String body) {
        String text = body + (body.length() > 1 ? "," : "") + "\"k\":\"" + kind + "\",\"p\":\"" + phase
                + "\",\"t\":" + milliseconds() + ",\"n\":" + number++;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] mac = seal.doFinal(bytes);
        StringBuilder hex = new StringBuilder(32);
        for (int i = 0; i < 8; i++) {
            hex.append(String.format("%02x", mac[i]));
        }
        byte[] tail = (",\"s\":\"" + hex + "\"}\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[bytes.length + tail.length];
        System.arraycopy(bytes, 0, all, 0, bytes.length);
        System.arraycopy(tail, 0, all, bytes.length, tail.length);
        try {
            OUT.write(all);
        } catch (IOException gone) {
            Runtime.getRuntime().halt(3);
        }
    }
}
