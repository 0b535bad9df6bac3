package cn.example.weak;

import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Where keys and initialisation vectors come from. */
public final class Keys {
    private static final Charset UTF8 = Charset.forName("UTF-8");
    private static final byte[] FIXED = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    private Keys() {}

    public static SecretKey keyFromString() {
        return new SecretKeySpec("campus0123456789".getBytes(UTF8), "AES");
    }

    public static SecretKey keyFromArray() {
        return new SecretKeySpec(new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6}, "AES");
    }

    public static SecretKey keyFromField() {
        return new SecretKeySpec(FIXED, "AES");
    }

    public static SecretKey keyGenerated() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256);
        return generator.generateKey();
    }

    public static SecretKey keyFromCaller(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }

    public static Key keyFromStore(String alias) throws Exception {
        KeyStore store = KeyStore.getInstance("AndroidKeyStore");
        store.load(null);
        return store.getKey(alias, null);
    }

    public static SecretKey keyFromRandom() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new SecretKeySpec(key, "AES");
    }

    public static IvParameterSpec ivOfZeros() {
        return new IvParameterSpec(new byte[16]);
    }

    public static IvParameterSpec ivFromString() {
        return new IvParameterSpec("0000111122223333".getBytes(UTF8));
    }

    public static IvParameterSpec ivFromField() {
        return new IvParameterSpec(FIXED);
    }

    public static IvParameterSpec ivFromRandom() {
        byte[] iv = new byte[16];
        new SecureRandom().nextBytes(iv);
        return new IvParameterSpec(iv);
    }

    public static IvParameterSpec ivFromCaller(byte[] stored) {
        return new IvParameterSpec(stored);
    }

    public static IvParameterSpec ivFromMessage(byte[] message) {
        byte[] iv = new byte[16];
        System.arraycopy(message, 0, iv, 0, 16);
        return new IvParameterSpec(iv);
    }
}
