package cn.example.weak;

import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** How passwords and other bytes are digested. */
public final class Passwords {
    private static final Charset UTF8 = Charset.forName("UTF-8");

    private Passwords() {}

    public static byte[] passwordMd5(String password) throws GeneralSecurityException {
        return MessageDigest.getInstance("MD5").digest(password.getBytes(UTF8));
    }

    public static byte[] passwordSha1(String password) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        digest.update(password.getBytes(UTF8));
        return digest.digest();
    }

    public static byte[] loginDigest(String user, String password) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA1");
        digest.update(user.getBytes(UTF8));
        return digest.digest(password.getBytes(UTF8));
    }

    public static byte[] checksum(byte[] file) throws GeneralSecurityException {
        return MessageDigest.getInstance("MD5").digest(file);
    }

    public static byte[] cacheKey(String url) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(url.getBytes(UTF8));
    }

    public static byte[] passwordDerived(char[] password, byte[] salt) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password, salt, 120000, 256);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1").generateSecret(spec).getEncoded();
    }
}
