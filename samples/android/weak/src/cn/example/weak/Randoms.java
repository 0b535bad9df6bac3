package cn.example.weak;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Where chance comes from. */
public final class Randoms {
    private Randoms() {}

    public static String sessionToken() {
        Random random = new Random(System.currentTimeMillis());
        return Long.toHexString(random.nextLong());
    }

    public static SecretKey keyFromWeakRandom() {
        byte[] key = new byte[16];
        new Random().nextBytes(key);
        return new SecretKeySpec(key, "AES");
    }

    public static String verificationCode() {
        return String.valueOf((int) (Math.random() * 1000000));
    }

    public static byte[] seededByConstant() {
        SecureRandom random = new SecureRandom(new byte[] {1, 2, 3, 4});
        byte[] token = new byte[16];
        random.nextBytes(token);
        return token;
    }

    public static String secureToken() {
        return Long.toHexString(new SecureRandom().nextLong());
    }

    public static int bannerIndex(int count) {
        return new Random().nextInt(count);
    }

    public static void shuffle(List<String> songs) {
        Collections.shuffle(songs, new Random());
    }
}
